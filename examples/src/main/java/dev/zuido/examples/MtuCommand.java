package dev.zuido.examples;

import dev.zuido.esp.EspEncryption;
import dev.zuido.esp.EspIntegrity;
import dev.zuido.esp.EspMode;
import dev.zuido.esp.EspSuite;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Computes the MTU and MSS of a GRE tunnel over IPsec. */
@Command(
    name = "mtu",
    mixinStandardHelpOptions = true,
    description = "Computes tunnel MTU and TCP MSS for a suite, a mode and a WAN MTU.")
final class MtuCommand implements Callable<Integer> {
  private static final int IPV4_AND_TCP = 40;
  private static final int OUTER_IPV4 = 20;
  private static final int UDP = 8;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--wan",
      paramLabel = "BYTES",
      defaultValue = "1454",
      description = "MTU of the WAN, 68 to 65535 (default: ${DEFAULT-VALUE})")
  private int wanMtu;

  @Option(
      names = "--suite",
      paramLabel = "SUITE",
      description =
          "one of 3des-md5, 3des-sha1, aes128-sha1, aes192-sha1, aes256-sha1, aes128-sha256,"
              + " aes192-sha256, aes256-sha256, aes128-gcm, aes192-gcm, aes256-gcm, null-md5,"
              + " null-sha1, null-sha256 (default: these), or another by the names of its RFCs, for"
              + " example aes-ctr-256/hmac-sha2-512-256 or chacha20-poly1305")
  private @Nullable String suiteName;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "transport or tunnel (default: both)")
  private @Nullable String modeName;

  @Option(
      names = "--nat-t",
      negatable = true,
      description = "with or without UDP encapsulation (default: both)")
  private @Nullable Boolean natTraversal;

  @Option(
      names = "--gre",
      paramLabel = "BYTES",
      defaultValue = "4",
      description =
          "bytes of the GRE header: 4, and 4 each for key, checksum and sequence number; 0 for no"
              + " GRE (default: ${DEFAULT-VALUE})")
  private int greLength;

  @Option(
      names = "--inner",
      paramLabel = "BYTES",
      defaultValue = "1372",
      description = "the inner packet whose size on the wire is shown (default: ${DEFAULT-VALUE})")
  private int inner;

  @Override
  public Integer call() {
    check("--wan", wanMtu, 68, 65_535);
    check("--inner", inner, 20, 65_000);
    if (greLength < 0 || greLength > 16 || greLength % 4 != 0) {
      throw usage("--gre is 0, 4, 8, 12 or 16, not " + greLength);
    }
    Map<String, EspSuite> suites = suiteName == null ? suites() : everySuite();
    if (suiteName != null && !suites.containsKey(suiteName)) {
      throw usage(
          "unknown suite '" + suiteName + "': one of " + String.join(", ", suites.keySet()));
    }
    if (modeName != null && !modeName.equals("transport") && !modeName.equals("tunnel")) {
      throw usage("the mode is transport or tunnel, not '" + modeName + "'");
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.printf(
        Locale.ROOT,
        format(),
        "suite",
        "mode",
        "NAT-T",
        "inner " + inner + " on wire",
        "largest inner",
        "MSS");
    for (Map.Entry<String, EspSuite> suite : suites.entrySet()) {
      if (suiteName != null && !suiteName.equals(suite.getKey())) {
        continue;
      }
      for (EspMode mode : EspMode.values()) {
        String name = mode.name().toLowerCase(Locale.ROOT);
        for (boolean nat : new boolean[] {false, true}) {
          if ((modeName == null || modeName.equals(name))
              && (natTraversal == null || natTraversal == nat)) {
            row(out, suite.getKey(), suite.getValue(), mode, nat);
          }
        }
      }
    }
    out.flush();
    return Zuido.OK;
  }

  private void row(PrintWriter out, String name, EspSuite suite, EspMode mode, boolean nat) {
    int wire = wireLength(suite, mode, nat, greLength, inner);
    int largest = largestInner(suite, mode, nat, greLength, wanMtu);
    out.printf(
        Locale.ROOT,
        format(),
        name,
        mode.name().toLowerCase(Locale.ROOT),
        nat ? "yes" : "no",
        wire + (wire > wanMtu ? " (too long)" : ""),
        largest < 0 ? "none" : largest,
        largest <= IPV4_AND_TCP ? "none" : largest - IPV4_AND_TCP);
  }

  private String format() {
    int width = suiteName == null ? 14 : Math.max(14, suiteName.length() + 1);
    return "%-" + width + "s %-10s %-6s %18s %16s %6s%n";
  }

  /** The size on the wire of a packet in a GRE tunnel (or, with no GRE header, as it is). */
  static int wireLength(EspSuite suite, EspMode mode, boolean nat, int greLength, int inner) {
    int protectedLength = greLength == 0 ? inner : OUTER_IPV4 + greLength + inner;
    return suite.sealedLength(protectedLength, mode, nat);
  }

  /** The largest inner packet that fits, or -1. */
  static int largestInner(EspSuite suite, EspMode mode, boolean nat, int greLength, int wanMtu) {
    int least = OUTER_IPV4 + EspSuite.ESP_HEADER_LENGTH + suite.icvLength() + (nat ? UDP : 0);
    if (wanMtu < least + 64) {
      return -1;
    }
    int fits = suite.maxInner(wanMtu, mode, nat);
    int largest = greLength == 0 ? fits : fits - OUTER_IPV4 - greLength;
    return largest < OUTER_IPV4 ? -1 : largest;
  }

  static Map<String, EspSuite> suites() {
    Map<String, EspSuite> suites = new LinkedHashMap<>();
    suites.put("3des-md5", new EspSuite(EspEncryption.TRIPLE_DES_CBC, EspIntegrity.HMAC_MD5_96));
    suites.put("3des-sha1", new EspSuite(EspEncryption.TRIPLE_DES_CBC, EspIntegrity.HMAC_SHA1_96));
    EspEncryption[] aes = {
      EspEncryption.AES_CBC_128, EspEncryption.AES_CBC_192, EspEncryption.AES_CBC_256
    };
    int[] bits = {128, 192, 256};
    for (int i = 0; i < aes.length; i++) {
      suites.put("aes" + bits[i] + "-sha1", new EspSuite(aes[i], EspIntegrity.HMAC_SHA1_96));
    }
    for (int i = 0; i < aes.length; i++) {
      suites.put("aes" + bits[i] + "-sha256", new EspSuite(aes[i], EspIntegrity.HMAC_SHA2_256_128));
    }
    suites.put("aes128-gcm", EspSuite.combined(EspEncryption.AES_GCM_16_128));
    suites.put("aes192-gcm", EspSuite.combined(EspEncryption.AES_GCM_16_192));
    suites.put("aes256-gcm", EspSuite.combined(EspEncryption.AES_GCM_16_256));
    suites.put("null-md5", new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_MD5_96));
    suites.put("null-sha1", new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96));
    suites.put("null-sha256", new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA2_256_128));
    return suites;
  }

  /** Those, and every other that ESP has, by the names of the RFCs in small letters. */
  static Map<String, EspSuite> everySuite() {
    Map<String, EspSuite> suites = suites();
    for (EspEncryption encryption : EspEncryption.values()) {
      for (EspIntegrity integrity : EspIntegrity.values()) {
        boolean fits = encryption.isCombined() == (integrity == EspIntegrity.NONE);
        if (fits) {
          EspSuite suite = new EspSuite(encryption, integrity);
          suites.put(suite.toString().toLowerCase(Locale.ROOT), suite);
        }
      }
    }
    return suites;
  }

  private void check(String option, int value, int low, int high) {
    if (value < low || value > high) {
      throw usage(option + " is " + low + " to " + high + ", not " + value);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
