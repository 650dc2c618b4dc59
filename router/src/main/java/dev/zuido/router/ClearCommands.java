package dev.zuido.router;

import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.show.ShowResult;
import dev.zuido.router.show.ShowResult.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The {@code clear} commands: {@code clear interface DIALER} and {@code clear pppoe all}, which end
 * sessions, after which lines that are kept are dialled again; {@code clear ip ospf [PROCESS]
 * process}, which begins anew with an empty database, and {@code clear ip ospf [PROCESS] neighbor
 * [INTERFACE|ROUTER-ID]}, which ends conversations.
 */
final class ClearCommands {
  private static final List<String> CLEARED = List.of("interface", "ip", "pppoe");
  private static final List<String> LAST = List.of("neighbor", "process");

  private final RouterParts parts;
  private final List<String> words;
  private final long nowNanos;
  private int at;

  /**
   * Reads a command.
   *
   * @param words its words, {@code clear} included
   */
  ClearCommands(RouterParts parts, List<String> words, long nowNanos) {
    this.parts = parts;
    this.words = List.copyOf(words);
    this.nowNanos = nowNanos;
  }

  ShowResult run() {
    List<String> known = parts.dialers().lines().isEmpty() ? List.of("ip") : CLEARED;
    ShowResult refusal = take(List.of("clear"));
    refusal = refusal == null ? take(known) : refusal;
    if (refusal != null) {
      return refusal;
    }
    String word = words.get(at - 1).toLowerCase(Locale.ROOT);
    List<String> meant = known.stream().filter(each -> each.startsWith(word)).toList();
    if (meant.size() > 1) {
      at--;
      return refused(Problem.AMBIGUOUS, meant);
    }
    return switch (meant.get(0)) {
      case "interface" -> clearInterface();
      case "pppoe" -> clearSessions();
      default -> clearOspf();
    };
  }

  private ShowResult clearInterface() {
    String wanted = String.join(" ", words.subList(at, words.size()));
    List<String> known =
        parts.dialers().lines().stream().map(line -> line.plan().name().toString()).toList();
    if (wanted.isEmpty()) {
      return refused(Problem.INCOMPLETE, known);
    }
    String name = interfaceName(wanted);
    for (DialerLine line : parts.dialers().lines()) {
      if (line.plan().name().toString().equals(name)) {
        line.clear(nowNanos);
        return new ShowResult.Answer("The session of " + name + " is ended.\n");
      }
    }
    return refused(Problem.UNKNOWN, known);
  }

  private ShowResult clearSessions() {
    ShowResult refusal = take(List.of("all"));
    if (refusal != null || at < words.size()) {
      return refusal == null ? refused(Problem.UNKNOWN, List.of()) : refusal;
    }
    List<DialerLine> lines = parts.dialers().lines();
    lines.forEach(line -> line.clear(nowNanos));
    return new ShowResult.Answer("The sessions of " + lines.size() + " interfaces are ended.\n");
  }

  private ShowResult clearOspf() {
    ShowResult refusal = take(List.of("ospf"));
    if (refusal != null) {
      return refusal;
    }
    OspfControl ospf = parts.controlPlane().ospfControl();
    OspfProcess process = parts.config().ospf();
    if (ospf == null || process == null) {
      return new ShowResult.Answer("OSPF is not configured.\n");
    }
    if (at < words.size() && words.get(at).chars().allMatch(Character::isDigit)) {
      if (!words.get(at).equals(Integer.toString(process.processId()))) {
        return refused(Problem.UNKNOWN, List.of(Integer.toString(process.processId())));
      }
      at++;
    }
    refusal = take(LAST);
    if (refusal != null) {
      return refusal;
    }
    if (LAST.get(1).startsWith(words.get(at - 1).toLowerCase(Locale.ROOT))) {
      return at < words.size() ? refused(Problem.UNKNOWN, List.of()) : clearProcess(ospf);
    }
    return clearNeighbors(ospf);
  }

  /** Takes a word that begins one keyword alone; a refusal if it does not. */
  private @Nullable ShowResult take(List<String> keywords) {
    if (at >= words.size()) {
      return refused(Problem.INCOMPLETE, keywords);
    }
    String word = words.get(at).toLowerCase(Locale.ROOT);
    if (word.isEmpty() || keywords.stream().noneMatch(each -> each.startsWith(word))) {
      return refused(Problem.UNKNOWN, keywords);
    }
    at++;
    return null;
  }

  private ShowResult refused(Problem problem, List<String> expected) {
    return new ShowResult.Refused(words, at, problem, expected);
  }

  private ShowResult clearProcess(OspfControl ospf) {
    ospf.handle(new OspfCommand.ClearProcess(), nowNanos);
    return new ShowResult.Answer("The OSPF process begins anew.\n");
  }

  private ShowResult clearNeighbors(OspfControl ospf) {
    String wanted = String.join(" ", words.subList(at, words.size()));
    String name = interfaceName(wanted);
    TreeSet<Integer> interfaces = new TreeSet<>();
    List<String> known = new ArrayList<>();
    for (NeighborSnapshot each : ospf.engine().neighbors(nowNanos)) {
      String on = ospf.engine().interfaceConfig(each.interfaceId()).name();
      known.add(each.routerId().toString());
      if (wanted.isEmpty() || on.equals(name) || each.routerId().toString().equals(wanted)) {
        interfaces.add(each.interfaceId());
      }
    }
    if (interfaces.isEmpty() && !wanted.isEmpty()) {
      return refused(Problem.UNKNOWN, known.isEmpty() ? List.of("a neighbor") : known);
    }
    interfaces.forEach(id -> ospf.handle(new OspfCommand.ClearNeighbors(id), nowNanos));
    return new ShowResult.Answer(
        "The conversations on " + interfaces.size() + " interfaces begin anew.\n");
  }

  private static @Nullable String interfaceName(String text) {
    try {
      return IosInterfaceName.parse(text).toString();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
