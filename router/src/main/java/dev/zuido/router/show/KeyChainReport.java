package dev.zuido.router.show;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show key chain}: the key chains, without the keys themselves.
 *
 * @param rows a chain each, by name
 */
public record KeyChainReport(List<Chain> rows) implements ShowReport {
  /**
   * A chain.
   *
   * @param name its name
   * @param keys its keys, by number
   */
  public record Chain(String name, List<Key> keys) {
    /** Copies the list. */
    public Chain {
      keys = List.copyOf(keys);
    }
  }

  /**
   * A key.
   *
   * @param id its number
   * @param algorithm how digests are made with it
   * @param hasKeyString whether there is a secret
   * @param accept when it is accepted, in UTC, or null for always
   * @param acceptedNow whether it is accepted now
   * @param send when it is sent with, in UTC, or null for always
   * @param validToSendNow whether it may be sent with now
   */
  public record Key(
      int id,
      String algorithm,
      boolean hasKeyString,
      @Nullable String accept,
      boolean acceptedNow,
      @Nullable String send,
      boolean validToSendNow) {}

  /** Copies the list. */
  public KeyChainReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    Lines lines = new Lines();
    for (Chain chain : rows) {
      lines.add("Key-chain %s:", chain.name);
      for (Key key : chain.keys) {
        lines.add(
            "    key %d -- %s%s",
            key.id, key.algorithm, key.hasKeyString ? "" : ", without a key-string");
        lines.add(
            "        accept lifetime (%s)%s",
            key.accept == null ? "always valid" : key.accept,
            key.acceptedNow ? " [valid now]" : "");
        lines.add(
            "        send lifetime (%s)%s",
            key.send == null ? "always valid" : key.send, key.validToSendNow ? " [valid now]" : "");
      }
    }
    return lines.orElse("No key chain is configured.");
  }
}
