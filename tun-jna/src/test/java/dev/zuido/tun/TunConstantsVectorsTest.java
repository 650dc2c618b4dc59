package dev.zuido.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Compares our numbers with those that a C compiler printed from the kernel's headers. */
final class TunConstantsVectorsTest {
  private static final Map<String, Long> OURS =
      Map.ofEntries(
          Map.entry("TUNSETIFF", TunRequest.TUNSETIFF),
          Map.entry("TUNGETIFF", TunRequest.TUNGETIFF),
          Map.entry("TUNSETOFFLOAD", TunRequest.TUNSETOFFLOAD),
          Map.entry("TUNSETVNETHDRSZ", TunRequest.TUNSETVNETHDRSZ),
          Map.entry("TUNSETCARRIER", TunRequest.TUNSETCARRIER),
          Map.entry("TUN_F_CSUM", (long) TunRequest.TUN_F_CSUM),
          Map.entry("TUN_F_TSO4", (long) TunRequest.TUN_F_TSO4),
          Map.entry("TUN_F_TSO6", (long) TunRequest.TUN_F_TSO6),
          Map.entry("IFF_TUN", (long) TunRequest.IFF_TUN),
          Map.entry("IFF_TAP", (long) TunRequest.IFF_TAP),
          Map.entry("IFF_NO_PI", (long) TunRequest.IFF_NO_PI),
          Map.entry("IFF_MULTI_QUEUE", (long) TunRequest.IFF_MULTI_QUEUE),
          Map.entry("IFF_VNET_HDR", (long) TunRequest.IFF_VNET_HDR),
          Map.entry("IFNAMSIZ", (long) TunRequest.IFNAMSIZ),
          Map.entry("sizeof(struct ifreq)", (long) TunRequest.IFREQ_BYTES),
          Map.entry("offsetof(struct ifreq,ifr_flags)", (long) TunRequest.IFREQ_FLAGS),
          Map.entry("sizeof(struct virtio_net_hdr)", (long) VirtioHeader.BYTES));

  private static final Pattern CONSTANT = Pattern.compile("\"([^\"]+)\"\\s*:\\s*\"(0x[0-9a-f]+)\"");

  @Test
  void areThoseOfTheHeaders() throws IOException {
    String folder = System.getProperty("zuido.vectors", "");
    Assumptions.assumeFalse(folder.isEmpty(), "no folder of vectors (-Dzuido.vectors)");
    Map<String, Long> theirs = new LinkedHashMap<>();
    for (Path file : jsonFiles(Path.of(folder, "tun"))) {
      Matcher constants = CONSTANT.matcher(Files.readString(file));
      while (constants.find()) {
        theirs.put(constants.group(1), Long.decode(constants.group(2)));
      }
    }
    theirs.keySet().retainAll(OURS.keySet());
    assertEquals(OURS, theirs);
  }

  private static List<Path> jsonFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
