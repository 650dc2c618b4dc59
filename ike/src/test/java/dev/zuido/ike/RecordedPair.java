package dev.zuido.ike;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.transcript.Replay;
import dev.zuido.ike.transcript.Transcript;
import dev.zuido.ike.transcript.TranscriptRecorder;
import java.io.StringReader;
import java.util.List;

/** Two sites, the first behind a translator or not, whose engines are recorded. */
final class RecordedPair {
  final Net net;
  final Site a;
  final Site b;
  final IkeConfig configA;
  final IkeConfig configB;
  final StringBuilder atA = new StringBuilder();
  final StringBuilder atB = new StringBuilder();

  RecordedPair(long seed, boolean hideA, IkeConfig configA, IkeConfig configB) {
    this.configA = configA;
    this.configB = configB;
    net = new Net(seed);
    Translator translator = hideA ? new Translator(NatTraversalTest.OUTSIDE_A) : null;
    a = net.add(Site.A, translator, new Site("a", configA, seed * 2 + 1, recorded(atA)));
    b = net.add(Site.B, null, new Site("b", configB, seed * 2 + 2, recorded(atB)));
  }

  static Site.Maker recorded(StringBuilder out) {
    TranscriptRecorder recorder = new TranscriptRecorder(out);
    return (config, secrets, jitter, spis, traffic) ->
        recorder.engine(config, secrets, jitter, spis, traffic, IsakmpKeyLog.NONE);
  }

  /** PFS, short lives and probes. */
  static RecordedPair busy(long seed, boolean hideA) {
    return new RecordedPair(
        seed,
        hideA,
        IkeConfig.of(List.of(busy(NatTraversalTest.peer(Site.A, Site.B, mode(hideA))))),
        IkeConfig.of(
            List.of(
                busy(
                    NatTraversalTest.peer(
                        Site.B, hideA ? NatTraversalTest.OUTSIDE_A : Site.A, mode(hideA))))));
  }

  private static EncapsulationMode mode(boolean hideA) {
    return hideA ? EncapsulationMode.TUNNEL : EncapsulationMode.TRANSPORT;
  }

  private static PeerConfig busy(PeerConfig peer) {
    ChildConfig child = peer.children().get(0);
    ChildConfig shortLived =
        new ChildConfig(
            child.name(),
            child.local(),
            child.remote(),
            child.mode(),
            child.proposals(),
            DhGroup.CURVE_25519,
            120,
            0);
    IkeProposal proposal = peer.proposals().get(0);
    return HandshakeTest.withProposals(
        HandshakeTest.withChild(peer, shortLived),
        List.of(
            new IkeProposal(
                proposal.cipher(),
                proposal.hash(),
                proposal.authentication(),
                DhGroup.CURVE_25519,
                400)),
        DpdConfig.periodic(20));
  }

  /** Both transcripts repeated. */
  List<Replay> replays() throws Exception {
    return List.of(replay(atA.toString(), configA), replay(atB.toString(), configB));
  }

  static Replay replay(String transcript, IkeConfig config) throws Exception {
    return Transcript.replay(new StringReader(transcript), config);
  }
}
