package dev.zuido.router.config;

import java.util.List;

/**
 * The security policy of the interfaces to which it is applied: the first entry whose access list
 * permits a packet protects it. Or a dynamic map, whose entries take part in a crypto map where an
 * entry of that stands for them.
 *
 * @param name its name
 * @param entries at least one, by sequence number
 */
public record CryptoMap(String name, List<CryptoMapEntry> entries) {
  /** Copies the list. */
  public CryptoMap {
    Checks.name("a crypto map's name", name);
    entries = List.copyOf(entries);
  }
}
