package dev.zuido.router.config;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@code key chain}: keys that follow each other by the clock.
 *
 * @param name its name
 * @param keys its keys, by number
 */
public record KeyChain(String name, List<Key> keys) {
  /**
   * A key of a chain.
   *
   * @param id its number; OSPF's Key ID is 1 to 255
   * @param secret the key itself, or null if it has none yet
   * @param algorithm how digests are made with it
   * @param send when it is sent with, or null for always
   * @param accept when it is accepted, or null for always
   */
  public record Key(
      int id,
      @Nullable Secret secret,
      KeyAlgorithm algorithm,
      @Nullable KeyLifetime send,
      @Nullable KeyLifetime accept) {}

  /** Copies the list. */
  public KeyChain {
    keys = List.copyOf(keys);
  }

  /** The section of a configuration text, {@code key chain NAME}. */
  public String section() {
    return "key chain " + name;
  }

  /** Where a chain is gathered. */
  public static final class Builder {
    private final String name;
    private final TreeMap<Integer, KeyBuilder> keys = new TreeMap<>();

    /** A chain without keys. */
    public Builder(String name) {
      this.name = name;
    }

    /** The key of a number, new if there was none. */
    public KeyBuilder key(int id) {
      return keys.computeIfAbsent(id, number -> new KeyBuilder(this, number));
    }

    /** Removes a key; false if there is none such. */
    public boolean removeKey(int id) {
      return keys.remove(id) != null;
    }

    /** The immutable chain. */
    public KeyChain build() {
      List<Key> built = new ArrayList<>();
      keys.values().forEach(each -> built.add(each.build()));
      return new KeyChain(name, built);
    }
  }

  /** Where a key is gathered. */
  public static final class KeyBuilder {
    private final Builder chain;
    private final int id;
    private @Nullable Secret secret;
    private KeyAlgorithm algorithm = KeyAlgorithm.MD5;
    private @Nullable KeyLifetime send;
    private @Nullable KeyLifetime accept;

    private KeyBuilder(Builder chain, int id) {
      this.chain = chain;
      this.id = id;
    }

    /** The chain that it is of. */
    public Builder chain() {
      return chain;
    }

    /** Sets {@link Key#secret()}. */
    public KeyBuilder secret(@Nullable Secret value) {
      secret = value;
      return this;
    }

    /** Sets {@link Key#algorithm()}. */
    public KeyBuilder algorithm(KeyAlgorithm value) {
      algorithm = value;
      return this;
    }

    /** Sets {@link Key#send()}. */
    public KeyBuilder send(@Nullable KeyLifetime value) {
      send = value;
      return this;
    }

    /** Sets {@link Key#accept()}. */
    public KeyBuilder accept(@Nullable KeyLifetime value) {
      accept = value;
      return this;
    }

    private Key build() {
      return new Key(id, secret, algorithm, send, accept);
    }
  }
}
