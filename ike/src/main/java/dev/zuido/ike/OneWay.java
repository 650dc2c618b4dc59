package dev.zuido.ike;

/** The handler of an exchange of one message, which nobody answers. */
enum OneWay implements ExchangeHandler {
  INSTANCE;

  @Override
  public void receive(Received message, long nowNanos) {}

  @Override
  public void unanswered(long nowNanos) {}

  @Override
  public void close() {}
}
