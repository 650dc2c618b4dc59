package dev.zuido.pppoe.ppp;

/**
 * Why a negotiation cannot end well.
 *
 * @param reason what the link tells
 * @param detail more, in words
 */
record Disagreement(PppEnd reason, String detail) {}
