package dev.zuido.router;

import dev.zuido.router.show.ShowResult;
import dev.zuido.router.show.ShowResult.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which words are which {@code show} command. As on IOS a word may be shortened as long as it
 * begins just one of those that can stand there, and capitals do not matter.
 */
final class ShowGrammar {
  /** The commands, each with the words behind {@code show}. */
  enum Command {
    CRYPTO_ISAKMP_SA("crypto isakmp sa"),
    CRYPTO_ISAKMP_SA_DETAIL("crypto isakmp sa detail"),
    CRYPTO_IPSEC_SA("crypto ipsec sa"),
    CRYPTO_MAP("crypto map"),
    IP_OSPF("ip ospf"),
    IP_OSPF_NEIGHBOR("ip ospf neighbor"),
    IP_OSPF_NEIGHBOR_DETAIL("ip ospf neighbor detail"),
    IP_OSPF_INTERFACE("ip ospf interface"),
    IP_OSPF_INTERFACE_BRIEF("ip ospf interface brief"),
    IP_OSPF_DATABASE("ip ospf database"),
    IP_OSPF_BORDER_ROUTERS("ip ospf border-routers"),
    IP_OSPF_ROUTE("ip ospf route"),
    IP_OSPF_STATISTICS("ip ospf statistics"),
    IP_OSPF_VIRTUAL_LINKS("ip ospf virtual-links"),
    IP_OSPF_SUMMARY_ADDRESS("ip ospf summary-address"),
    KEY_CHAIN("key chain"),
    PPPOE_SESSION("pppoe session"),
    PPP("ppp"),
    PPP_ALL("ppp all"),
    DIALER("dialer"),
    IP_ROUTE("ip route"),
    INTERFACES("interfaces"),
    ACCESS_LISTS("access-lists"),
    COUNTERS("counters");

    private final String text;

    Command(String text) {
      this.text = text;
    }

    /** The words behind {@code show}. */
    List<String> keywords() {
      return List.of(text.split(" ", -1));
    }

    /** Whether further words may follow it. */
    boolean takesMore() {
      return TAKES_MORE.contains(this);
    }

    private boolean continues(List<String> begun) {
      return keywords().size() > begun.size() && keywords().subList(0, begun.size()).equals(begun);
    }
  }

  private static final Set<Command> TAKES_MORE =
      EnumSet.of(
          Command.INTERFACES,
          Command.IP_OSPF_NEIGHBOR,
          Command.IP_OSPF_NEIGHBOR_DETAIL,
          Command.IP_OSPF_INTERFACE,
          Command.IP_OSPF_INTERFACE_BRIEF,
          Command.IP_OSPF_DATABASE);

  /** What words mean. */
  sealed interface Parsed {
    /**
     * A command.
     *
     * @param command the command
     * @param rest the words behind it, for one that takes them
     */
    record Found(Command command, List<String> rest) implements Parsed {}

    /** No command. */
    record Failed(ShowResult.Refused refused) implements Parsed {}
  }

  private ShowGrammar() {}

  static Parsed parse(List<String> words) {
    List<String> begun = new ArrayList<>();
    for (String word : words) {
      List<String> expected = following(begun);
      Command complete = complete(begun);
      List<String> meant = meant(word, expected);
      if (complete != null && complete.takesMore() && meant.isEmpty()) {
        return new Parsed.Found(complete, words.subList(begun.size(), words.size()));
      }
      if (meant.size() != 1) {
        return meant.isEmpty()
            ? failed(words, begun.size(), Problem.UNKNOWN, expected)
            : failed(words, begun.size(), Problem.AMBIGUOUS, meant);
      }
      begun.add(meant.get(0));
    }
    Command complete = complete(begun);
    return complete == null
        ? failed(words, words.size(), Problem.INCOMPLETE, following(begun))
        : new Parsed.Found(complete, List.of());
  }

  /** The keywords that a word may stand for: the one that it spells out, or all that it begins. */
  private static List<String> meant(String word, List<String> keywords) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (keywords.contains(lower)) {
      return List.of(lower);
    }
    return lower.isEmpty()
        ? List.of()
        : keywords.stream().filter(keyword -> keyword.startsWith(lower)).toList();
  }

  private static List<String> following(List<String> begun) {
    TreeSet<String> next = new TreeSet<>();
    for (Command command : Command.values()) {
      if (command.continues(begun)) {
        next.add(command.keywords().get(begun.size()));
      }
    }
    return List.copyOf(next);
  }

  private static @Nullable Command complete(List<String> begun) {
    return Arrays.stream(Command.values())
        .filter(command -> command.keywords().equals(begun))
        .findFirst()
        .orElse(null);
  }

  private static Parsed failed(
      List<String> words, int position, Problem problem, List<String> expected) {
    return new Parsed.Failed(new ShowResult.Refused(words, position, problem, expected));
  }
}
