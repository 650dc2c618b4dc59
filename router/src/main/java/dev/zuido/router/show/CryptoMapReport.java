package dev.zuido.router.show;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show crypto map}: what is protected, with whom and how.
 *
 * @param rows an entry of a crypto map each, by map and sequence number; then those of dynamic maps
 */
public record CryptoMapReport(List<Entry> rows) implements ShowReport {
  /**
   * An entry.
   *
   * @param cryptoMap the map's name
   * @param sequence the entry's place in the map
   * @param keying how it comes to its SAs: {@code ipsec-isakmp}; {@code ipsec-manual}, by hand;
   *     {@code dynamic}, as the dynamic map that it stands for; {@code template}, an entry of a
   *     dynamic map
   * @param dynamicMap the dynamic map that it stands for, else null
   * @param description free text, or null
   * @param peers the peers' addresses, in the order in which they are tried; of a template those
   *     that may come, any if there is none
   * @param accessList the name of the access list whose permitted packets are protected, or null
   * @param accessRules the list's rules
   * @param transformSets the transform sets in the order in which they are offered
   * @param pfsGroup the Diffie-Hellman group of perfect forward secrecy, or null without it
   * @param lifetimeSeconds the lifetime offered for SAs; null if none are negotiated
   * @param lifetimeKilobytes the volume offered for SAs, in units of 1024 bytes; null in the same
   *     way
   * @param interfaces the names of the interfaces that the map is applied to
   */
  public record Entry(
      String cryptoMap,
      int sequence,
      String keying,
      @Nullable String dynamicMap,
      @Nullable String description,
      List<String> peers,
      @Nullable String accessList,
      List<String> accessRules,
      List<TransformSet> transformSets,
      @Nullable Integer pfsGroup,
      @Nullable Long lifetimeSeconds,
      @Nullable Long lifetimeKilobytes,
      List<String> interfaces) {
    /** Copies the lists. */
    public Entry {
      peers = List.copyOf(peers);
      accessRules = List.copyOf(accessRules);
      transformSets = List.copyOf(transformSets);
      interfaces = List.copyOf(interfaces);
    }
  }

  /**
   * A transform set, in the words of {@code crypto ipsec transform-set}.
   *
   * @param name its name
   * @param encryption the cipher: {@code esp-aes 256}
   * @param integrity the integrity algorithm, or null if the cipher is AEAD
   * @param mode {@code transport} or {@code tunnel}
   */
  public record TransformSet(
      String name, String encryption, @Nullable String integrity, String mode) {}

  /** Copies the list. */
  public CryptoMapReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    Lines lines = new Lines();
    rows.forEach(entry -> describe(lines, entry));
    return lines.orElse("No crypto map is configured.");
  }

  private static void describe(Lines lines, Entry entry) {
    if (entry.keying.equals("template")) {
      lines.add("Crypto Map Template \"%s\" %d", entry.cryptoMap, entry.sequence);
    } else {
      String keying = entry.dynamicMap == null ? entry.keying : "ipsec-isakmp";
      lines.add("Crypto Map IPv4 \"%s\" %d %s", entry.cryptoMap, entry.sequence, keying);
    }
    if (entry.description != null) {
      lines.add("        Description: %s", entry.description);
    }
    if (entry.dynamicMap != null) {
      lines.add("        Dynamic map template tag: %s", entry.dynamicMap);
    }
    entry.peers.forEach(peer -> lines.add("        Peer = %s", peer));
    if (entry.accessList != null) {
      lines.add("        Extended IP access list %s", entry.accessList);
      entry.accessRules.forEach(
          rule -> lines.add("            access-list %s %s", entry.accessList, rule));
    }
    if (entry.lifetimeSeconds != null) {
      lines.add(
          "        Security association lifetime: %d kilobytes/%d seconds",
          entry.lifetimeKilobytes, entry.lifetimeSeconds);
      lines.add("        PFS (Y/N): %s", entry.pfsGroup == null ? "N" : "Y");
      if (entry.pfsGroup != null) {
        lines.add("        DH group:  group%d", entry.pfsGroup);
      }
    }
    if (entry.dynamicMap == null) {
      transformSets(lines, entry.transformSets);
    }
    lines.add("        Interfaces using crypto map %s:", entry.cryptoMap);
    entry.interfaces.forEach(name -> lines.add("                %s", name));
    lines.add("");
  }

  private static void transformSets(Lines lines, List<TransformSet> sets) {
    lines.add("        Transform sets={");
    for (TransformSet set : sets) {
      lines.add(
          "                %s:  { %s%s } , %s mode",
          set.name, set.encryption, set.integrity == null ? "" : " " + set.integrity, set.mode);
    }
    lines.add("        }");
  }
}
