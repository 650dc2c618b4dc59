package dev.zuido.ospf;

import static dev.zuido.ospf.AreaNet.area;
import static dev.zuido.ospf.Configs.routerId;

import java.util.List;

/** Networks with virtual links that several tests share. */
final class VirtualLinkNets {
  private VirtualLinkNets() {}

  static OspfAreaConfig area1(VirtualLinkConfig... links) {
    return OspfAreaConfig.builder(area(1), AreaType.NORMAL).virtualLinks(List.of(links)).build();
  }

  static OspfAreaConfig linkTo(int router) {
    return area1(VirtualLinkConfig.to(routerId(router)));
  }

  /**
   * The backbone (1, 2), area 1 (2, 5, 3; a dearer link from 2 to 3), and area 2 (3, 4) behind it,
   * which reaches the backbone by the virtual link from 2 to 3 only.
   */
  static AreaNet far() {
    return new AreaNet(4)
        .link(1, 0, 1, 2, 10)
        .link(2, 1, 2, 5, 10)
        .link(3, 1, 5, 3, 10)
        .link(4, 1, 2, 3, 100)
        .link(5, 2, 3, 4, 10)
        .stub(1, 0, 1, 1)
        .stub(5, 1, 5, 1)
        .stub(4, 2, 4, 1)
        .areasOf(2, linkTo(3))
        .areasOf(3, linkTo(2));
  }

  static VirtualLinkSnapshot link(AreaNet net, int router) {
    return net.node(router).engine.virtualLinks().get(0);
  }
}
