package dev.zuido.testkit.gre;

/**
 * A packet that breaks one rule of enhanced GRE.
 *
 * @param rule which one
 * @param broken the packet and its session
 */
public record BrokenEnhancedGrePacket(EnhancedGreRule rule, EnhancedGreCase broken) {}
