package dev.zuido.router.config.ios;

import dev.zuido.router.config.InterfaceKind;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.KeyLifetime;
import dev.zuido.router.config.Secret;
import dev.zuido.router.config.SessionKey;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of parameters, by the names that patterns give them. */
final class ParameterTypes {
  private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d+)");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern DOTTED = Pattern.compile("[\\d.]+");
  private static final int LONGEST_NAME = 64;

  private ParameterTypes() {}

  /**
   * A type by its name, or a range of numbers.
   *
   * @throws IllegalArgumentException if there is no such type
   */
  static ParameterType of(String name) {
    Matcher range = RANGE.matcher(name);
    if (range.matches()) {
      return new NumberRange(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
    }
    return switch (name) {
      case "address" -> new Address();
      case "mask" -> new Mask();
      case "wildcard" -> new Wildcard();
      case "area" -> new Area();
      case "word" -> new Name();
      case "line" -> new Rest();
      case "secret" -> new SecretWord();
      case "hexadecimal-secret" -> new HexadecimalSecret();
      case "interface" -> new Interface();
      case "moment" -> new Moment();
      case "extended-rule" -> new ExtendedRule();
      case "standard-rule" -> new StandardRule();
      default -> throw new IllegalArgumentException("no parameter type '" + name + "'");
    };
  }

  private static String text(IosLine line, int at) {
    return line.words().get(at).text();
  }

  /** A number of a range. */
  record NumberRange(long first, long last) implements ParameterType {
    @Override
    public String expectation() {
      return "<" + first + "-" + last + ">";
    }

    @Override
    public Parsed parse(IosLine line, int at) throws Refusal {
      String word = text(line, at);
      if (!DIGITS.matcher(word).matches()) {
        throw Refusal.form(at, "expected a number from " + first + " to " + last);
      }
      long value = word.length() > 18 ? Long.MAX_VALUE : Long.parseLong(word);
      if (value < first || value > last) {
        throw Refusal.value(at, "out of range: expected a number from " + first + " to " + last);
      }
      return new Parsed(value, Long.toString(value), 1);
    }
  }

  /** An IPv4 address. */
  record Address() implements ParameterType {
    @Override
    public String expectation() {
      return "A.B.C.D";
    }

    @Override
    public Parsed parse(IosLine line, int at) throws Refusal {
      Ipv4Address address = address(line, at, "an IPv4 address");
      return new Parsed(address, address.toString(), 1);
    }
  }

  /** A wildcard, whose ones are the free bits. */
  record Wildcard() implements ParameterType {
    @Override
    public String expectation() {
      return "a wildcard A.B.C.D";
    }

    @Override
    public Parsed parse(IosLine line, int at) throws Refusal {
      Ipv4Address wildcard = address(line, at, "a wildcard such as 0.0.0.255");
      return new Parsed(wildcard, wildcard.toString(), 1);
    }
  }

  /** A network mask, read as the length of a prefix. */
  record Mask() implements ParameterType {
    @Override
    public String expectation() {
      return "a mask A.B.C.D";
    }

    @Override
    public Parsed parse(IosLine line, int at) throws Refusal {
      Ipv4Address mask = address(line, at, "a network mask such as 255.255.255.0");
      int length = Integer.bitCount(mask.value());
      if (Ipv4Prefix.maskOf(length) != mask.value()) {
        throw Refusal.value(at, "the ones of a network mask are contiguous from the left");
      }
      return new Parsed(length, mask.toString(), 1);
    }
  }

  /** An OSPF area: a number or dotted, read as an address. */
  record Area() implements ParameterType {
    @Override
    public String expectation() {
      return "an area <0-4294967295> or A.B.C.D";
    }

    @Override
    public Parsed parse(IosLine line, int at) throws Refusal {
      if (DIGITS.matcher(text(line, at)).matches()) {
        long number = (Long) new NumberRange(0, 0xffff_ffffL).parse(line, at).value();
        return new Parsed(new Ipv4Address((int) number), Long.toString(number), 1);
      }
      Ipv4Address area = address(line, at, "an area, a number or A.B.C.D");
      return new Parsed(area, area.toString(), 1);
    }
  }

  /** A name: one word. */
  record Name() implements ParameterType {
    @Override
    public String expectation() {
      return "WORD";
    }

    @Override
    public Parsed parse(IosLine line, int at) throws Refusal {
      String word = text(line, at);
      if (word.length() > LONGEST_NAME) {
        throw Refusal.value(at, "a name has at most " + LONGEST_NAME + " characters");
      }
      return new Parsed(word, word, 1);
    }
  }

  /** The rest of the line. */
  record Rest() implements ParameterType {
    @Override
    public String expectation() {
      return "LINE";
    }

    @Override
    public Parsed parse(IosLine line, int at) {
      String text = line.textFrom(at);
      return new Parsed(text, text, line.words().size() - at);
    }
  }

  /** A secret: one word. */
  record SecretWord() implements ParameterType {
    @Override
    public String expectation() {
      return "the key or password";
    }

    @Override
    public Parsed parse(IosLine line, int at) {
      return new Parsed(Secret.of(text(line, at)), Secret.MASK, 1);
    }

    @Override
    public boolean secret() {
      return true;
    }
  }

  /** A key in hexadecimal. */
  record HexadecimalSecret() implements ParameterType {
    @Override
    public String expectation() {
      return "a key in hexadecimal";
    }

    @Override
    public Parsed parse(IosLine line, int at) throws Refusal {
      String word = text(line, at);
      if (!SessionKey.isHexadecimal(word)) {
        throw Refusal.value(at, "a key has two hexadecimal digits for each byte");
      }
      return new Parsed(Secret.of(word), Secret.MASK, 1);
    }

    @Override
    public boolean secret() {
      return true;
    }
  }

  /** An interface, in one word or two. */
  record Interface() implements ParameterType {
    @Override
    public String expectation() {
      return "an interface";
    }

    @Override
    public Parsed parse(IosLine line, int at) throws Refusal {
      String word = text(line, at);
      boolean lettersOnly = word.chars().allMatch(Character::isLetter);
      if (!lettersOnly && !Character.isLetter(word.codePointAt(0))) {
        throw Refusal.form(at, "expected an interface");
      }
      boolean split = lettersOnly && !InterfaceKind.matching(word).isEmpty();
      if (split && at + 1 >= line.words().size()) {
        throw Refusal.value(at + 1, "incomplete: expected the number of the interface");
      }
      String name = split ? word + " " + text(line, at + 1) : word;
      if (name.indexOf('.') >= 0) {
        throw Refusal.value(at, "sub-interfaces are not supported");
      }
      try {
        IosInterfaceName value = IosInterfaceName.parse(name);
        return new Parsed(value, value.toString(), split ? 2 : 1);
      } catch (IllegalArgumentException e) {
        throw Refusal.value(at, String.valueOf(e.getMessage()));
      }
    }
  }

  /** A moment in UTC, in four words: the time, then month and day in either order, the year. */
  record Moment() implements ParameterType {
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2}):(\\d{2})");

    @Override
    public String expectation() {
      return "hh:mm:ss Month day year";
    }

    @Override
    public Parsed parse(IosLine line, int at) throws Refusal {
      Matcher time = TIME.matcher(text(line, at));
      if (!time.matches()) {
        throw Refusal.form(at, "expected a moment such as 00:00:00 Jan 1 2026");
      }
      if (at + 4 > line.words().size()) {
        throw Refusal.value(line.words().size(), "incomplete: expected month, day and year");
      }
      boolean dayFirst = DIGITS.matcher(text(line, at + 1)).matches();
      int monthAt = dayFirst ? at + 2 : at + 1;
      try {
        Instant moment =
            LocalDateTime.of(
                    Integer.parseInt(text(line, at + 3)),
                    month(line, monthAt),
                    Integer.parseInt(text(line, dayFirst ? at + 1 : at + 2)),
                    Integer.parseInt(time.group(1)),
                    Integer.parseInt(time.group(2)),
                    Integer.parseInt(time.group(3)))
                .toInstant(ZoneOffset.UTC);
        return new Parsed(moment, moment.toString(), 4);
      } catch (DateTimeException | NumberFormatException e) {
        throw Refusal.value(at, "there is no such moment");
      }
    }

    private static int month(IosLine line, int at) throws Refusal {
      String word = text(line, at).toLowerCase(Locale.ROOT);
      List<String> months = KeyLifetime.MONTHS;
      for (int i = 0; i < months.size() && word.length() >= 3; i++) {
        if (word.startsWith(months.get(i).toLowerCase(Locale.ROOT))) {
          return i + 1;
        }
      }
      throw Refusal.value(at, "expected a month such as Jan");
    }
  }

  /** A rule of an extended access list. */
  record ExtendedRule() implements ParameterType {
    @Override
    public String expectation() {
      return "permit or deny";
    }

    @Override
    public Parsed parse(IosLine line, int at) throws Refusal {
      return new AccessRuleParser(line, at).extended();
    }
  }

  /** A rule of a standard access list. */
  record StandardRule() implements ParameterType {
    @Override
    public String expectation() {
      return "permit or deny";
    }

    @Override
    public Parsed parse(IosLine line, int at) throws Refusal {
      return new AccessRuleParser(line, at).standard();
    }
  }

  /** Reads one address. */
  static Ipv4Address address(IosLine line, int at, String what) throws Refusal {
    String word = text(line, at);
    try {
      return Ipv4Address.parse(word);
    } catch (IllegalArgumentException e) {
      throw DOTTED.matcher(word).matches()
          ? Refusal.value(at, "expected " + what)
          : Refusal.form(at, "expected " + what);
    }
  }
}
