package dev.zuido.testkit.pppoe;

/**
 * A frame that breaks one rule.
 *
 * @param rule which one
 * @param broken the frame
 */
public record BrokenPppoeFrame(PppoeRule rule, PppoeCase broken) {}
