package dev.zuido.testkit.ike;

import dev.zuido.wire.ByteString;

/**
 * A message that breaks one rule.
 *
 * @param rule which one
 * @param bytes the message
 */
public record BrokenMessage(BrokenRule rule, ByteString bytes) {}
