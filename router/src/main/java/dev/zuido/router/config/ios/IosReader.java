package dev.zuido.router.config.ios;

import dev.zuido.router.config.ConfigProblem;
import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.LineOutcome;
import dev.zuido.router.config.LineReport;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.RouterConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads IOS command text.
 *
 * <p>The sections' own commands are tried first, then those that stand in no section; a line of the
 * latter leaves the section. What follows a refused opening line belongs to it, and is refused for
 * that reason. Once all lines read well, the checks of {@link RouterConfig#problems()} are made,
 * and an error refuses the line that it blames.
 */
public final class IosReader {
  /** The most lines that are read; those behind are refused. */
  public static final int MAX_LINES = 20_000;

  /** The longest line that is read, in characters; a longer one is refused. */
  public static final int MAX_LINE_LENGTH = 1_024;

  private static final Set<String> BANNER_KINDS =
      Set.of("exec", "incoming", "login", "motd", "prompt-timeout", "slip-ppp");
  private static final String BANNER = "there is no terminal that would show a banner";

  private final IosGrammar grammar = IosGrammar.INSTANCE;
  private final List<String> text;
  private final List<LineReport> reports = new ArrayList<>();
  private final SourceIndex index = new SourceIndex();
  private final RouterConfigBuilder config;
  private final Section<RouterConfigBuilder> whole;
  private @Nullable Section<?> section;
  private boolean ended;

  private IosReader(List<String> text, ReaderOptions options) {
    this.text = text;
    this.config = RouterConfig.builder().staticCounterModeKeys(options.staticCounterModeKeys());
    this.whole = new Section<>(grammar.global, config, "", 0);
  }

  /**
   * Reads a text.
   *
   * @param text lines that end with LF, CR LF or CR
   * @return a report per line, and the configuration if none is refused
   */
  public static ConfigReport read(String text) {
    return read(text, ReaderOptions.DEFAULT);
  }

  /**
   * Reads a text.
   *
   * @param text lines that end with LF, CR LF or CR
   * @param options what is let pass beside it
   * @return a report per line, and the configuration if none is refused
   */
  public static ConfigReport read(String text, ReaderOptions options) {
    return read(text, options, config -> List.of());
  }

  /**
   * Reads a text.
   *
   * @param text lines that end with LF, CR LF or CR
   * @param options what is let pass beside it
   * @param further checks of what the text alone does not tell, such as the files that it names;
   *     made if all lines read well
   * @return a report per line, and the configuration if none is refused
   */
  public static ConfigReport read(
      String text, ReaderOptions options, Function<RouterConfig, List<ConfigProblem>> further) {
    return new IosReader(text.lines().toList(), options).run(further);
  }

  private ConfigReport run(Function<RouterConfig, List<ConfigProblem>> further) {
    while (reports.size() < text.size()) {
      readNext();
    }
    if (reports.stream().anyMatch(LineReport::refused)) {
      return new ConfigReport(reports, null);
    }
    RouterConfig built = config.build();
    List<ConfigProblem> problems = built.problems();
    problems.forEach(this::blame);
    further.apply(built).forEach(this::blame);
    boolean refused = reports.stream().anyMatch(LineReport::refused);
    return new ConfigReport(reports, refused ? null : built);
  }

  private void readNext() {
    int number = reports.size() + 1;
    String raw = text.get(number - 1);
    if (number > MAX_LINES) {
      refuse(IosLine.of(number, ""), 1, "the text has more than " + MAX_LINES + " lines", Set.of());
      return;
    }
    if (raw.length() > MAX_LINE_LENGTH) {
      refuse(
          IosLine.of(number, ""),
          MAX_LINE_LENGTH + 1,
          "the line has more than " + MAX_LINE_LENGTH + " characters",
          Set.of());
      return;
    }
    IosLine line = IosLine.of(number, raw);
    if (line.words().isEmpty() || line.words().get(0).text().startsWith("!")) {
      report(line, Set.of(), new LineOutcome.Comment());
    } else if (ended) {
      refuse(line, line.columnOf(0), "the configuration ended above", SecretWords.heralded(line));
    } else if (line.words().get(0).text().equalsIgnoreCase("banner")) {
      readBanner(line);
    } else {
      read(line);
    }
  }

  /** Reads a line as one of the section, of the whole, or of none. */
  private void read(IosLine line) {
    Optional<Mode.LineMatch.Mismatched<?>> own = Optional.empty();
    if (section != null) {
      own = attempt(section, line);
      if (own.isEmpty()) {
        return;
      }
    }
    Optional<Mode.LineMatch.Mismatched<?>> outer = attempt(whole, line);
    if (outer.isPresent()) {
      refuse(line, own, outer.get());
    }
  }

  /** Reads a line in a section; gives why that is not possible, or nothing if it was done. */
  private <T> Optional<Mode.LineMatch.Mismatched<?>> attempt(Section<T> place, IosLine line) {
    Mode.LineMatch<T> match = place.mode().match(line);
    if (match instanceof Mode.LineMatch.Mismatched<T> failure) {
      return Optional.of(failure);
    }
    if (match instanceof Mode.LineMatch.Matched<T> found) {
      if (place.line() == 0) {
        section = null;
      }
      apply(place, found, line);
    }
    return Optional.empty();
  }

  /** Refuses a line for the reason of the side that could read more of it. */
  private void refuse(
      IosLine line,
      Optional<Mode.LineMatch.Mismatched<?>> own,
      Mode.LineMatch.Mismatched<?> outer) {
    Set<Integer> secrets = new TreeSet<>(outer.secretWords());
    own.ifPresent(failure -> secrets.addAll(failure.secretWords()));
    Mode.LineMatch.Mismatched<?> failure =
        own.filter(inner -> inner.word() > 0 && inner.word() >= outer.word())
            .filter(inner -> !inner.surplus() || inner.word() > outer.word())
            .orElse(null);
    if (failure == null) {
      failure = outer;
      if (outer.word() > 0) {
        Mode<?> opened = outer.opened();
        section = opened == null ? null : Section.refused(opened, line.number());
      }
    }
    refuse(line, line.columnOf(failure.word()), failure.reason(), secrets);
  }

  private <T> void apply(Section<T> place, Mode.LineMatch.Matched<T> found, IosLine line) {
    Arguments arguments = found.arguments();
    Set<Integer> secrets = new TreeSet<>(arguments.secretWords());
    Row<T> row = found.row();
    if (row instanceof Row.Inert<T>) {
      // It takes any words, perhaps those of a mistyped line that means something else.
      secrets.addAll(SecretWords.heralded(line));
    }
    T target = place.target();
    if (row instanceof Row.Leaves<T>) {
      section = null;
      report(line, secrets, new LineOutcome.Done());
    } else if (row instanceof Row.Ends<T>) {
      section = null;
      ended = true;
      report(line, secrets, new LineOutcome.Done());
    } else if (target == null) {
      refuse(
          line,
          line.columnOf(0),
          "line " + place.line() + ", which opens this section, is refused",
          secrets);
    } else {
      try {
        report(line, secrets, run(row, place, target, arguments, line));
      } catch (Refusal e) {
        if (row instanceof Row.Opens<T, ?> opens) {
          section = Section.refused(opens.mode(), line.number());
        }
        refuse(line, line.columnOf(e.word()), e.reason(), secrets);
      }
    }
  }

  private <T> LineOutcome run(
      Row<T> row, Section<T> place, T target, Arguments arguments, IosLine line) throws Refusal {
    if (row instanceof Row.Unsupported<T> unsupported) {
      throw Refusal.line(unsupported.reason());
    }
    if (row instanceof Row.Inert<T> inert) {
      Row.Effect<T> effect = inert.effect();
      if (effect != null) {
        effect.apply(target, arguments);
      }
      return new LineOutcome.WithoutEffect(inert.reason());
    }
    if (row instanceof Row.Opens<T, ?> opens) {
      section = opens.open(target, arguments, line.number());
      index.add(arguments.canonical(), "", line.number());
      return new LineOutcome.Done();
    }
    if (row instanceof Row.Does<T> does) {
      does.effect().apply(target, arguments);
      index.add(place.title(), arguments.canonical(), line.number());
    }
    return new LineOutcome.Done();
  }

  /** A banner may run over lines that look like commands; it ends with its delimiter. */
  private void readBanner(IosLine line) {
    List<Word> words = line.words();
    boolean kind =
        words.size() > 1 && BANNER_KINDS.contains(words.get(1).text().toLowerCase(Locale.ROOT));
    int at = kind ? 2 : 1;
    if (at >= words.size()) {
      refuse(line, line.columnOf(at), "incomplete: expected the delimiter of the text", Set.of());
      return;
    }
    String body = line.textFrom(at);
    String delimiter = body.substring(0, body.startsWith("^") && body.length() > 1 ? 2 : 1);
    int last = line.number();
    if (body.indexOf(delimiter, delimiter.length()) < 0) {
      do {
        last++;
      } while (last <= text.size() && !text.get(last - 1).contains(delimiter));
    }
    if (last > text.size() || last > MAX_LINES) {
      refuse(line, line.columnOf(at), "the delimiter that ends the text is missing", Set.of());
      return;
    }
    section = null;
    for (int number = line.number(); number <= last; number++) {
      String raw = text.get(number - 1);
      String shown = raw.length() > MAX_LINE_LENGTH ? raw.substring(0, MAX_LINE_LENGTH) : raw;
      report(IosLine.of(number, shown), Set.of(), new LineOutcome.WithoutEffect(BANNER));
    }
  }

  private void report(IosLine line, Set<Integer> secrets, LineOutcome outcome) {
    reports.add(new LineReport(line.number(), line.masked(secrets), outcome, List.of()));
  }

  private void refuse(IosLine line, int column, String reason, Set<Integer> secrets) {
    report(line, secrets, new LineOutcome.Refused(column, reason));
  }

  /** Lays a problem at the line that the index gives for it. */
  private void blame(ConfigProblem problem) {
    int number = index.lineOf(problem.section(), problem.command());
    LineReport held = reports.get(number - 1);
    LineOutcome outcome = held.outcome();
    List<String> warnings = new ArrayList<>(held.warnings());
    if (problem.severity() == ConfigProblem.Severity.WARNING) {
      warnings.add(problem.message());
    } else if (outcome instanceof LineOutcome.Refused refused) {
      outcome =
          new LineOutcome.Refused(refused.column(), refused.reason() + "; " + problem.message());
    } else {
      int column = IosLine.of(number, text.get(number - 1)).columnOf(0);
      outcome = new LineOutcome.Refused(column, problem.message());
    }
    reports.set(number - 1, new LineReport(number, held.text(), outcome, warnings));
  }
}
