package dev.zuido.router.config.ios;

/**
 * A word of a line.
 *
 * @param text its characters, none of them white space
 * @param column where it begins, from 1
 */
record Word(String text, int column) {}
