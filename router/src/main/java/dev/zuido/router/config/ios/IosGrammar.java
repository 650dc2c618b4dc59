package dev.zuido.router.config.ios;

import dev.zuido.router.config.AccessList;
import dev.zuido.router.config.CryptoMapEntry;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IsakmpPeer;
import dev.zuido.router.config.IsakmpPolicy;
import dev.zuido.router.config.IsakmpProfile;
import dev.zuido.router.config.KeyChain;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.RouterConfigBuilder;
import dev.zuido.router.config.TransformSet;
import dev.zuido.router.config.Trustpoint;
import java.util.List;

/** All modes with all their commands. */
final class IosGrammar {
  /** The one instance; it does not change once it is made. */
  static final IosGrammar INSTANCE = new IosGrammar();

  /** Lines outside of sections. */
  final Mode<RouterConfigBuilder> global = new Mode<>();

  /** {@code crypto isakmp policy}. */
  final Mode<IsakmpPolicy.Builder> isakmpPolicy = new Mode<>();

  /** {@code crypto isakmp peer}. */
  final Mode<IsakmpPeer.Builder> isakmpPeer = new Mode<>();

  /** {@code crypto isakmp profile}. */
  final Mode<IsakmpProfile.Builder> isakmpProfile = new Mode<>();

  /** {@code crypto pki trustpoint}. */
  final Mode<Trustpoint.Builder> trustpoint = new Mode<>();

  /** {@code crypto ipsec transform-set}. */
  final Mode<TransformSet.Builder> transformSet = new Mode<>();

  /** {@code crypto map}. */
  final Mode<CryptoMapEntry.Builder> cryptoMap = new Mode<>();

  /** {@code interface}. */
  final Mode<InterfaceConfig.Builder> port = new Mode<>();

  /** {@code router ospf}. */
  final Mode<OspfProcess.Builder> ospf = new Mode<>();

  /** {@code key chain}. */
  final Mode<KeyChain.Builder> keyChain = new Mode<>();

  /** {@code key} of a key chain. */
  final Mode<KeyChain.KeyBuilder> chainKey = new Mode<>();

  /** {@code ip access-list extended}. */
  final Mode<AccessList.Builder> extendedList = new Mode<>();

  /** {@code ip access-list standard}. */
  final Mode<AccessList.Builder> standardList = new Mode<>();

  /** {@code vpdn-group}: nothing of it is kept. */
  final Mode<RouterConfigBuilder> vpdnGroup = new Mode<>();

  /** {@code bba-group pppoe}: refused, with all that is in it. */
  final Mode<RouterConfigBuilder> bbaGroup = new Mode<>();

  private IosGrammar() {
    SystemCommands.register(this);
    IsakmpCommands.register(this);
    IsakmpPeerCommands.register(this);
    PkiCommands.register(this);
    IpsecCommands.register(this);
    CryptoMapCommands.register(this);
    InterfaceCommands.register(this);
    TunnelCommands.register(this);
    OspfCommands.register(this);
    OspfAreaCommands.register(ospf);
    OspfRedistributionCommands.register(ospf);
    OspfOptionCommands.register(ospf);
    KeyChainCommands.register(this);
    RouteCommands.register(this);
    AccessListCommands.register(this);
    AccessLineCommands.register(this);
    DialerCommands.register(this);
    PppCommands.register(this);
    global.add("end", new Row.Ends<>());
    global.unsupported("exit", "there is no section to leave");
    for (Mode<?> mode :
        List.of(
            isakmpPolicy,
            isakmpPeer,
            isakmpProfile,
            trustpoint,
            transformSet,
            cryptoMap,
            port,
            ospf,
            keyChain,
            extendedList,
            standardList,
            vpdnGroup,
            bbaGroup)) {
      addEnds(mode);
    }
    chainKey.add("end", new Row.Ends<>());
  }

  private static <T> void addEnds(Mode<T> mode) {
    mode.add("exit", new Row.Leaves<>());
    mode.add("end", new Row.Ends<>());
  }
}
