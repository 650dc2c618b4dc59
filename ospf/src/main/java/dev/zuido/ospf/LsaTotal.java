package dev.zuido.ospf;

/**
 * The LSAs of one type in one part of the database.
 *
 * @param type the LS type
 * @param count how many there are
 * @param checksumSum the sum of their LS checksums: equal databases have equal sums
 */
public record LsaTotal(int type, int count, long checksumSum) {}
