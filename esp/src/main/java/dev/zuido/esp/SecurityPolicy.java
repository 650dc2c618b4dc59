package dev.zuido.esp;

/**
 * One entry of the {@link SecurityPolicyDatabase}. The SAs that protect its traffic are installed
 * under it in the {@link SecurityAssociationDatabase}.
 *
 * @param name a name that is unique in the database: what a driver knows the policy by
 * @param selector the traffic that it is about
 * @param action what happens to that traffic
 */
public record SecurityPolicy(String name, TrafficSelector selector, PolicyAction action) {

  /** Policies of one database differ by name, and a string remembers its hash. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
