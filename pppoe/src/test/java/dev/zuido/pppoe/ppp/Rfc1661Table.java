package dev.zuido.pppoe.ppp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state transition table as RFC 1661 section 4.1 prints it, apart from the engine's. */
final class Rfc1661Table {
  /** A cell: what is done, the number of the state that results, the footnote's letter or none. */
  record Cell(List<String> actions, int next, String note) {}

  /** States 0 to 5. */
  private static final String FIRST =
      """
       Up   |    2     irc,scr/6     -         -         -         -
       Down |    -         -         0       tls/1       0         1
       Open |  tls/1       1     irc,scr/6     3r        5r        5r
       Close|    0       tlf/0       2         2         4         4
        TO+ |    -         -         -         -       str/4     str/5
        TO- |    -         -         -         -       tlf/2     tlf/3
       RCR+ |    -         -       sta/2 irc,scr,sca/8   4         5
       RCR- |    -         -       sta/2 irc,scr,scn/6   4         5
       RCA  |    -         -       sta/2     sta/3       4         5
       RCN  |    -         -       sta/2     sta/3       4         5
       RTR  |    -         -       sta/2     sta/3     sta/4     sta/5
       RTA  |    -         -         2         3       tlf/2     tlf/3
       RUC  |    -         -       scj/2     scj/3     scj/4     scj/5
       RXJ+ |    -         -         2         3         4         5
       RXJ- |    -         -       tlf/2     tlf/3     tlf/2     tlf/3
       RXR  |    -         -         2         3         4         5
      """;

  /** States 6 to 9. */
  private static final String SECOND =
      """
       Up   |    -         -         -           -
       Down |    1         1         1         tld/1
       Open |    6         7         8           9r
       Close|irc,str/4 irc,str/4 irc,str/4 tld,irc,str/4
        TO+ |  scr/6     scr/6     scr/8         -
        TO- |  tlf/3p    tlf/3p    tlf/3p        -
       RCR+ |  sca/8   sca,tlu/9   sca/8   tld,scr,sca/8
       RCR- |  scn/6     scn/7     scn/6   tld,scr,scn/6
       RCA  |  irc/7     scr/6x  irc,tlu/9   tld,scr/6x
       RCN  |irc,scr/6   scr/6x  irc,scr/8   tld,scr/6x
       RTR  |  sta/6     sta/6     sta/6   tld,zrc,sta/5
       RTA  |    6         6         8       tld,scr/6
       RUC  |  scj/6     scj/7     scj/8       scj/9
       RXJ+ |    6         6         8           9
       RXJ- |  tlf/3     tlf/3     tlf/3   tld,irc,str/5
       RXR  |    6         7         8         ser/9
      """;

  private static final Map<String, List<String>> ROWS = rows();

  private Rfc1661Table() {}

  private static Map<String, List<String>> rows() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String part : List.of(FIRST, SECOND)) {
      for (String line : part.lines().toList()) {
        String[] halves = line.split("\\|");
        rows.computeIfAbsent(halves[0].trim(), key -> new ArrayList<>())
            .addAll(Arrays.asList(halves[1].trim().split("\\s+")));
      }
    }
    return rows;
  }

  /** The events by the RFC's names, in its order. */
  static List<String> events() {
    return List.copyOf(ROWS.keySet());
  }

  /** How the RFC prints a cell. */
  static String text(int state, String event) {
    return ROWS.get(event).get(state);
  }

  /** A cell, or null where the RFC has a dash. */
  static Cell cell(int state, String event) {
    String text = text(state, event);
    if (text.equals("-")) {
      return null;
    }
    int slash = text.indexOf('/');
    List<String> actions =
        slash < 0 ? List.of() : Arrays.asList(text.substring(0, slash).split(","));
    String rest = text.substring(slash + 1);
    return new Cell(actions, rest.charAt(0) - '0', rest.substring(1));
  }
}
