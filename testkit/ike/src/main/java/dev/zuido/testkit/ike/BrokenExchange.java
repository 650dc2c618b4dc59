package dev.zuido.testkit.ike;

/**
 * An exchange that breaks one rule.
 *
 * @param rule which one
 * @param exchange the messages
 */
public record BrokenExchange(ExchangeRule rule, IkeExchange exchange) {}
