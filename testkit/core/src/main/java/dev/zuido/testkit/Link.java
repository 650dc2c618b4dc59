package dev.zuido.testkit;

/**
 * A point-to-point link between two ports, {@code a} and {@code b}, with a {@link Channel} in each
 * direction.
 */
public final class Link {
  private final String name;
  private final VirtualPort a;
  private final VirtualPort b;
  private final Channel aToB;
  private final Channel bToA;

  Link(VirtualNetwork network, String name, int mtu) {
    this.name = name;
    this.aToB = new Channel(network, name + ":a>b", this::deliverToB);
    this.bToA = new Channel(network, name + ":b>a", this::deliverToA);
    this.a = new VirtualPort(network, name + ":a", mtu, aToB);
    this.b = new VirtualPort(network, name + ":b", mtu, bToA);
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** One end. */
  public VirtualPort a() {
    return a;
  }

  /** The other end. */
  public VirtualPort b() {
    return b;
  }

  /** What {@link #a()} sends. */
  public Channel aToB() {
    return aToB;
  }

  /** What {@link #b()} sends. */
  public Channel bToA() {
    return bToA;
  }

  /** Sets what both directions do to packets. */
  public void impair(Impairments impairments) {
    aToB.impair(impairments);
    bToA.impair(impairments);
  }

  /** Cuts both directions. */
  public void cut() {
    aToB.cut();
    bToA.cut();
  }

  /** Ends a cut of both directions. */
  public void restore() {
    aToB.restore();
    bToA.restore();
  }

  /** Shows the packets of both directions to an observer. */
  public void addTap(PacketTap tap) {
    aToB.addTap(tap);
    bToA.addTap(tap);
  }

  private void deliverToA(Frame frame) {
    a.deliver(frame);
  }

  private void deliverToB(Frame frame) {
    b.deliver(frame);
  }
}
