package dev.zuido.router.config;

import org.jspecify.annotations.Nullable;

/** How an entry of a crypto map comes to its SAs. */
public sealed interface Keying {
  /** {@code ipsec-isakmp}: IKE negotiates them with the entry's peer. */
  record Isakmp() implements Keying {}

  /**
   * An entry of a dynamic map: IKE negotiates them with whoever comes, knows the key for its
   * address and asks for what the entry allows. Such a peer is never called.
   */
  record Template() implements Keying {}

  /**
   * {@code ipsec-isakmp dynamic}: the entries of a dynamic map stand in this place.
   *
   * @param map the name of the dynamic map
   */
  record Dynamic(String map) implements Keying {
    /** Checks the name. */
    public Dynamic {
      Checks.name("a dynamic map's name", map);
    }
  }

  /**
   * {@code ipsec-manual}: they have static keys and are always there.
   *
   * @param inbound the SA from the peer, if it is given
   * @param outbound the SA to the peer, if it is given
   */
  record Manual(@Nullable SessionKey inbound, @Nullable SessionKey outbound) implements Keying {
    /** No keys yet. */
    public static final Manual EMPTY = new Manual(null, null);

    /** The same with another SA from the peer. */
    public Manual withInbound(@Nullable SessionKey key) {
      return new Manual(key, outbound);
    }

    /** The same with another SA to the peer. */
    public Manual withOutbound(@Nullable SessionKey key) {
      return new Manual(inbound, key);
    }
  }
}
