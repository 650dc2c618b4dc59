package dev.zuido.ike;

import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;

/** What an error that a peer reports means, and what a person can do about it. */
final class NotifyAdvice {
  private static final String LOOK = "its log says more";
  private static final String CERTIFICATE =
      "it does not believe our certificate: does it know the authority, is the certificate valid by"
          + " its clock, and does it name our identity?";

  private NotifyAdvice() {}

  /**
   * A notify in answer to phase 1, which nothing authenticates.
   *
   * @param keyInDoubt whether a pre-shared key has been used that may be another than the peer's
   */
  static String phaseOne(IsakmpSa sa, int notifyType, boolean keyInDoubt) {
    return NotifyType.nameOf(notifyType)
        + " (nothing authenticates this): "
        + phaseOneCause(sa, notifyType, keyInDoubt);
  }

  private static String phaseOneCause(IsakmpSa sa, int notifyType, boolean keyInDoubt) {
    PeerConfig config = sa.peer().config();
    return switch (notifyType) {
      case NotifyType.NO_PROPOSAL_CHOSEN,
          NotifyType.BAD_PROPOSAL_SYNTAX,
          NotifyType.ATTRIBUTES_NOT_SUPPORTED,
          NotifyType.INVALID_TRANSFORM_ID ->
          keyInDoubt
              ? PhaseOne.KEY_DIFFERS
              : "configured here is "
                  + config.proposals()
                  + ", one of them has to be configured on the peer too";
      case NotifyType.INVALID_ID_INFORMATION ->
          "it expects another identity than ours, "
              + SelectorPayloads.describe(config.localIdentity());
      case NotifyType.AUTHENTICATION_FAILED,
          NotifyType.PAYLOAD_MALFORMED,
          NotifyType.INVALID_PAYLOAD_TYPE,
          NotifyType.UNEQUAL_PAYLOAD_LENGTHS,
          NotifyType.INVALID_HASH_INFORMATION ->
          keyInDoubt ? PhaseOne.KEY_DIFFERS : LOOK;
      case NotifyType.INVALID_SIGNATURE,
          NotifyType.INVALID_CERTIFICATE,
          NotifyType.INVALID_CERT_AUTHORITY,
          NotifyType.INVALID_CERT_ENCODING,
          NotifyType.CERT_TYPE_UNSUPPORTED,
          NotifyType.CERTIFICATE_UNAVAILABLE ->
          CERTIFICATE;
      case NotifyType.INVALID_EXCHANGE_TYPE, NotifyType.UNSUPPORTED_EXCHANGE_TYPE ->
          "it does not take "
              + sa.exchangeName()
              + ": main mode or aggressive mode has to be configured on both sides alike";
      case NotifyType.INVALID_MAJOR_VERSION, NotifyType.INVALID_MINOR_VERSION ->
          "it does not speak IKEv1: is it configured for IKEv2 alone?";
      case NotifyType.INVALID_COOKIE -> "it has forgotten this exchange: it may have restarted";
      case NotifyType.INVALID_KEY_INFORMATION ->
          "it does not accept our public value: compare the Diffie-Hellman groups";
      default -> keyInDoubt ? PhaseOne.KEY_DIFFERS : LOOK;
    };
  }

  /** A notify in answer to our identity, from who has the keys of this phase 1 as we have them. */
  static String underPhaseOneKeys(IsakmpSa sa, int notifyType) {
    boolean vague = notifyType == NotifyType.AUTHENTICATION_FAILED;
    return "our identity with "
        + NotifyType.nameOf(notifyType)
        + ", under the keys that we have too: "
        + phaseOneCause(sa, vague ? NotifyType.INVALID_ID_INFORMATION : notifyType, false);
  }

  /** A notify under the protection of an ISAKMP SA, and about that or about a quick mode. */
  static String underIsakmpSa(IsakmpSa sa, Notification notification) {
    boolean identity =
        notification.notifyType() == NotifyType.INVALID_ID_INFORMATION
            && notification.spi().equals(sa.spi());
    return phaseTwo(notification.notifyType())
        + (identity
            ? "; or it expects another identity than ours, "
                + SelectorPayloads.describe(sa.peer().config().localIdentity())
            : "");
  }

  /** The peer has refused a quick mode of ours. */
  static String ofQuickMode(ChildConfig asked, NatFinding nat, int notifyType) {
    String cause =
        switch (notifyType) {
          case NotifyType.INVALID_ID_INFORMATION ->
              ": we asked for "
                  + asked.local()
                  + " to "
                  + asked.remote()
                  + ", and the peer's access list has to be the mirror image";
          case NotifyType.NO_PROPOSAL_CHOSEN ->
              ": we offered "
                  + asked.proposals()
                  + " in "
                  + asked.mode()
                  + " mode "
                  + (nat.encapsulates() ? "in UDP " : "")
                  + "with "
                  + (asked.pfsGroup() == null ? "no PFS" : "PFS " + asked.pfsGroup())
                  + ", and the peer has nothing of that";
          default ->
              ": compare the transform sets, the PFS group and the access lists of both sides";
        };
    return "the peer refused with " + NotifyType.nameOf(notifyType) + cause;
  }

  /** The peer says nothing to a quick mode of ours. */
  static String ofSilence(ChildConfig asked) {
    return "the peer does not answer quick mode: its log may say why; some say nothing where no"
        + " access list of theirs is the mirror image of ours, "
        + asked.local()
        + " to "
        + asked.remote();
  }

  /** A notify under the protection of an ISAKMP SA. */
  static String phaseTwo(int notifyType) {
    String cause =
        switch (notifyType) {
          case NotifyType.NO_PROPOSAL_CHOSEN,
              NotifyType.BAD_PROPOSAL_SYNTAX,
              NotifyType.ATTRIBUTES_NOT_SUPPORTED,
              NotifyType.INVALID_TRANSFORM_ID,
              NotifyType.INVALID_PROTOCOL_ID ->
              "compare transform sets, modes, PFS and lifetimes of both sides";
          case NotifyType.INVALID_ID_INFORMATION ->
              "compare the access lists of both sides: each is the mirror image of the other";
          case NotifyType.INVALID_KEY_INFORMATION -> "compare the PFS groups of both sides";
          case NotifyType.INVALID_COOKIE, NotifyType.INVALID_MESSAGE_ID ->
              "it has forgotten the ISAKMP SA or the exchange: it may have restarted";
          case NotifyType.INVALID_HASH_INFORMATION, NotifyType.AUTHENTICATION_FAILED ->
              "a message was altered on its way, or the two sides have different keys";
          default -> LOOK;
        };
    return NotifyType.nameOf(notifyType) + ": " + cause;
  }
}
