package dev.zuido.pppoe.ppp;

/** The options of a network protocol. */
interface NetworkNegotiator extends OptionNegotiator {
  /** What to tell when the protocol has opened. */
  PppOutput up();

  /** What to tell when it is open no more. */
  PppOutput down();
}
