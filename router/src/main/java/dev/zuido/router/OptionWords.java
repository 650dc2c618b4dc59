package dev.zuido.router;

import dev.zuido.ospf.lsa.Options;
import java.util.ArrayList;
import java.util.List;

/** The Options field of OSPF as a list of letters (RFC 2328 section A.2, RFC 5250 appendix A.1). */
final class OptionWords {
  private OptionWords() {}

  static List<String> of(Options options) {
    List<String> words = new ArrayList<>();
    add(words, options, Options.DN, "DN");
    add(words, options, Options.O, "O");
    add(words, options, Options.DC, "DC");
    add(words, options, Options.L, "L");
    add(words, options, Options.NP, "N/P");
    add(words, options, Options.MC, "MC");
    add(words, options, Options.E, "E");
    add(words, options, Options.MT, "MT");
    return words;
  }

  private static void add(List<String> words, Options options, int bit, String word) {
    if (options.has(bit)) {
      words.add(word);
    }
  }
}
