package dev.zuido.router;

/**
 * Puts {@code 0} for what is not the same with another version of a protocol's module: SPIs,
 * cookies, numbers of packets, and times.
 */
final class ShowMask {
  private ShowMask() {}

  static String text(String answer) {
    return answer
        .replaceAll("spi: 0x[0-9A-F]{8}\\(\\d+\\)", "spi: 0")
        .replaceAll("[0-9a-f]{16}:[0-9a-f]{16}", "0:0")
        .replaceAll("(#[a-zA-Z ]+|sequence number): \\d+", "$1: 0")
        .replaceAll("no SA: \\d+", "no SA: 0")
        .replaceAll("\\(k/sec\\): \\(\\d+/\\d+\\)", "(k/sec): (0/0)")
        .replaceAll("\\d{2}:\\d{2}:\\d{2}", "00:00:00")
        .replaceAll("(\\d+) packets (input|output), \\d+ bytes", "0 packets $2, 0 bytes")
        .replaceAll("(dropped|sent|received), (.*): \\d+", "$1, $2: 0")
        .replaceAll("\\(\\d+ matches\\)", "(0 matches)")
        // An LSA's age and sequence number, and its checksum, which depends on the latter.
        .replaceAll("(?m)^([0-9.]+ +[0-9.]+) +\\d+ +0x8\\p{XDigit}{7} 0x\\p{XDigit}{6}", "$1 0 0 0")
        // A counter: its name in words, a number.
        .replaceAll("(?m)^(    [a-z ]{31,}) \\d+$", "$1 0");
  }

  static String json(String answer) {
    return answer
        .replaceAll("\"(initiator|responder)Cookie\": \"[0-9a-f]{16}\"", "\"$1Cookie\": \"0\"")
        .replaceAll(
            "\"(spi|packets|bytes|noSa|lifetimeLeft[a-zA-Z]+|deadTimeSeconds|inStateSeconds|helloDueSeconds"
                + "|checksum|ageSeconds|packetsIn|bytesIn|packetsOut|bytesOut|matches|stateChanges"
                + "|encapsulated|decapsulated|keepaliveRe[a-z]+)\": \\d+",
            "\"$1\": 0")
        // Of SAs and LSAs; not the place of a rule in its list.
        .replaceAll("\"sequence\": \\d+(,\\s+\"(replay|checksum))", "\"sequence\": 0$1");
  }

  /** Counters without those that are 0, of which further versions may have more. */
  static String counters(String answer) {
    return answer
        .replaceAll("(?m)^ {6}\"[a-zA-Z0-9]+\": 0,?\\n", "")
        .replaceAll("(?m)^( {6}\"[a-zA-Z0-9]+\": )\\d+,?$", "$10");
  }
}
