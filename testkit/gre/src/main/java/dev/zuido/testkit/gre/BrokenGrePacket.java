package dev.zuido.testkit.gre;

/**
 * A packet that breaks one rule.
 *
 * @param rule which one
 * @param broken the packet and its tunnel
 */
public record BrokenGrePacket(GreRule rule, GreCase broken) {}
