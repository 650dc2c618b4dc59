package dev.zuido.ike.message;

/**
 * Notify message types (RFC 2408 section 3.14.1, RFC 2407 section 4.6.3, RFC 3706 and common
 * private ones).
 */
public final class NotifyType {
  /** Error 1 (RFC 2408 section 3.14.1). */
  public static final int INVALID_PAYLOAD_TYPE = 1;

  /** Error 2 (RFC 2408 section 3.14.1). */
  public static final int DOI_NOT_SUPPORTED = 2;

  /** Error 3 (RFC 2408 section 3.14.1). */
  public static final int SITUATION_NOT_SUPPORTED = 3;

  /** Error 4 (RFC 2408 section 3.14.1). */
  public static final int INVALID_COOKIE = 4;

  /** Error 5 (RFC 2408 section 3.14.1). */
  public static final int INVALID_MAJOR_VERSION = 5;

  /** Error 6 (RFC 2408 section 3.14.1). */
  public static final int INVALID_MINOR_VERSION = 6;

  /** Error 7 (RFC 2408 section 3.14.1). */
  public static final int INVALID_EXCHANGE_TYPE = 7;

  /** Error 8 (RFC 2408 section 3.14.1). */
  public static final int INVALID_FLAGS = 8;

  /** Error 9 (RFC 2408 section 3.14.1). */
  public static final int INVALID_MESSAGE_ID = 9;

  /** Error 10 (RFC 2408 section 3.14.1). */
  public static final int INVALID_PROTOCOL_ID = 10;

  /** Error 11 (RFC 2408 section 3.14.1). */
  public static final int INVALID_SPI = 11;

  /** Error 12 (RFC 2408 section 3.14.1). */
  public static final int INVALID_TRANSFORM_ID = 12;

  /** Error 13 (RFC 2408 section 3.14.1). */
  public static final int ATTRIBUTES_NOT_SUPPORTED = 13;

  /** Error 14 (RFC 2408 section 3.14.1). */
  public static final int NO_PROPOSAL_CHOSEN = 14;

  /** Error 15 (RFC 2408 section 3.14.1). */
  public static final int BAD_PROPOSAL_SYNTAX = 15;

  /** Error 16 (RFC 2408 section 3.14.1). */
  public static final int PAYLOAD_MALFORMED = 16;

  /** Error 17 (RFC 2408 section 3.14.1). */
  public static final int INVALID_KEY_INFORMATION = 17;

  /** Error 18 (RFC 2408 section 3.14.1). */
  public static final int INVALID_ID_INFORMATION = 18;

  /** Error 19 (RFC 2408 section 3.14.1). */
  public static final int INVALID_CERT_ENCODING = 19;

  /** Error 20 (RFC 2408 section 3.14.1). */
  public static final int INVALID_CERTIFICATE = 20;

  /** Error 21 (RFC 2408 section 3.14.1). */
  public static final int CERT_TYPE_UNSUPPORTED = 21;

  /** Error 22 (RFC 2408 section 3.14.1). */
  public static final int INVALID_CERT_AUTHORITY = 22;

  /** Error 23 (RFC 2408 section 3.14.1). */
  public static final int INVALID_HASH_INFORMATION = 23;

  /** Error 24 (RFC 2408 section 3.14.1). */
  public static final int AUTHENTICATION_FAILED = 24;

  /** Error 25 (RFC 2408 section 3.14.1). */
  public static final int INVALID_SIGNATURE = 25;

  /** Error 26 (RFC 2408 section 3.14.1). */
  public static final int ADDRESS_NOTIFICATION = 26;

  /** Error 27 (RFC 2408 section 3.14.1). */
  public static final int NOTIFY_SA_LIFETIME = 27;

  /** Error 28 (RFC 2408 section 3.14.1). */
  public static final int CERTIFICATE_UNAVAILABLE = 28;

  /** Error 29 (RFC 2408 section 3.14.1). */
  public static final int UNSUPPORTED_EXCHANGE_TYPE = 29;

  /** Error 30 (RFC 2408 section 3.14.1). */
  public static final int UNEQUAL_PAYLOAD_LENGTHS = 30;

  /** The SA is ready (RFC 2408). */
  public static final int CONNECTED = 16384;

  /** The responder keeps the SA for a shorter time than offered (RFC 2407 section 4.6.3.1). */
  public static final int RESPONDER_LIFETIME = 24576;

  /** Whether replay is checked (RFC 2407 section 4.6.3.2). */
  public static final int REPLAY_STATUS = 24577;

  /** The sender has no other SAs with the receiver (RFC 2407 section 4.6.3.3). */
  public static final int INITIAL_CONTACT = 24578;

  /** The keepalive of IOS from before RFC 3706. */
  public static final int CISCO_KEEPALIVE = 32768;

  /** Its answer. */
  public static final int CISCO_KEEPALIVE_ACK = 32769;

  /** Dead peer detection: the question (RFC 3706 section 5.3). */
  public static final int R_U_THERE = 36136;

  /** Dead peer detection: the answer (RFC 3706 section 5.3). */
  public static final int R_U_THERE_ACK = 36137;

  private NotifyType() {}

  /** The type's name as its RFC writes it, or its number if it has none here. */
  public static String nameOf(int value) {
    return switch (value) {
      case INVALID_PAYLOAD_TYPE -> "INVALID-PAYLOAD-TYPE";
      case DOI_NOT_SUPPORTED -> "DOI-NOT-SUPPORTED";
      case SITUATION_NOT_SUPPORTED -> "SITUATION-NOT-SUPPORTED";
      case INVALID_COOKIE -> "INVALID-COOKIE";
      case INVALID_MAJOR_VERSION -> "INVALID-MAJOR-VERSION";
      case INVALID_MINOR_VERSION -> "INVALID-MINOR-VERSION";
      case INVALID_EXCHANGE_TYPE -> "INVALID-EXCHANGE-TYPE";
      case INVALID_FLAGS -> "INVALID-FLAGS";
      case INVALID_MESSAGE_ID -> "INVALID-MESSAGE-ID";
      case INVALID_PROTOCOL_ID -> "INVALID-PROTOCOL-ID";
      case INVALID_SPI -> "INVALID-SPI";
      case INVALID_TRANSFORM_ID -> "INVALID-TRANSFORM-ID";
      case ATTRIBUTES_NOT_SUPPORTED -> "ATTRIBUTES-NOT-SUPPORTED";
      case NO_PROPOSAL_CHOSEN -> "NO-PROPOSAL-CHOSEN";
      case BAD_PROPOSAL_SYNTAX -> "BAD-PROPOSAL-SYNTAX";
      case PAYLOAD_MALFORMED -> "PAYLOAD-MALFORMED";
      case INVALID_KEY_INFORMATION -> "INVALID-KEY-INFORMATION";
      case INVALID_ID_INFORMATION -> "INVALID-ID-INFORMATION";
      case INVALID_CERT_ENCODING -> "INVALID-CERT-ENCODING";
      case INVALID_CERTIFICATE -> "INVALID-CERTIFICATE";
      case CERT_TYPE_UNSUPPORTED -> "CERT-TYPE-UNSUPPORTED";
      case INVALID_CERT_AUTHORITY -> "INVALID-CERT-AUTHORITY";
      case INVALID_HASH_INFORMATION -> "INVALID-HASH-INFORMATION";
      case AUTHENTICATION_FAILED -> "AUTHENTICATION-FAILED";
      case INVALID_SIGNATURE -> "INVALID-SIGNATURE";
      case ADDRESS_NOTIFICATION -> "ADDRESS-NOTIFICATION";
      case NOTIFY_SA_LIFETIME -> "NOTIFY-SA-LIFETIME";
      case CERTIFICATE_UNAVAILABLE -> "CERTIFICATE-UNAVAILABLE";
      case UNSUPPORTED_EXCHANGE_TYPE -> "UNSUPPORTED-EXCHANGE-TYPE";
      case UNEQUAL_PAYLOAD_LENGTHS -> "UNEQUAL-PAYLOAD-LENGTHS";
      case CONNECTED -> "CONNECTED";
      case RESPONDER_LIFETIME -> "RESPONDER-LIFETIME";
      case REPLAY_STATUS -> "REPLAY-STATUS";
      case INITIAL_CONTACT -> "INITIAL-CONTACT";
      case CISCO_KEEPALIVE -> "CISCO-KEEPALIVE";
      case CISCO_KEEPALIVE_ACK -> "CISCO-KEEPALIVE-ACK";
      case R_U_THERE -> "R-U-THERE";
      case R_U_THERE_ACK -> "R-U-THERE-ACK";
      default -> Integer.toString(value);
    };
  }

  /** Whether the type tells an error (RFC 2408 section 3.14.1: below 16 384). */
  public static boolean isError(int value) {
    return value < CONNECTED;
  }
}
