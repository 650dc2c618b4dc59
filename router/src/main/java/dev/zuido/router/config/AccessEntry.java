package dev.zuido.router.config;

/** A line of an access list. */
public sealed interface AccessEntry permits AccessRule, AccessRemark {
  /** The place in the list: 1 and up. */
  long sequence();
}
