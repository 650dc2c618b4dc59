package dev.zuido.testkit.ike.impairment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every impairment that there is by name. */
public final class ImpairmentCatalogue {
  private static final List<Impairment> ALL = collect();

  private ImpairmentCatalogue() {}

  private static List<Impairment> collect() {
    List<Impairment> all = new ArrayList<>();
    all.addAll(DatagramImpairments.all());
    all.addAll(HeaderImpairments.all());
    all.addAll(PayloadImpairments.all());
    all.addAll(OfferImpairments.all());
    all.addAll(ValueImpairments.all());
    return List.copyOf(all);
  }

  /** All, those of datagrams first. */
  public static List<Impairment> all() {
    return ALL;
  }

  /** The one with a name. */
  public static Optional<Impairment> named(String name) {
    return ALL.stream().filter(impairment -> impairment.name().equals(name)).findFirst();
  }
}
