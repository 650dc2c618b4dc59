package dev.zuido.benchmarks;

import dev.zuido.ike.crypto.DhGroup;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.KeyAgreement;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A handshake of two engines in one thread, both sides' work together: main mode (six messages) and
 * quick mode without PFS (three), from no state to SAs installed on both sides.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class IkeBenchmark {
  /** The length of Zuido's private values in these groups. */
  private static final int EXPONENT_BITS = 256;

  @Param({"MODP_1024", "MODP_2048"})
  DhGroup group;

  private final SecureRandom random = new SecureRandom();
  private KeyPairGenerator generator;

  /** Takes any group of the same size from the JCE, with private values as long as ours. */
  @Setup
  public void prepare() throws GeneralSecurityException {
    generator = KeyPairGenerator.getInstance("DH");
    int bits = group == DhGroup.MODP_1024 ? 1024 : 2048;
    generator.initialize(bits, random);
    DHParameterSpec any = ((DHPublicKey) generator.generateKeyPair().getPublic()).getParams();
    generator.initialize(new DHParameterSpec(any.getP(), any.getG(), EXPONENT_BITS), random);
  }

  /** Main mode and quick mode. */
  @Benchmark
  public IkePair handshake() {
    IkePair pair = new IkePair(group, random);
    pair.establish();
    return pair;
  }

  /** The four exponentiations of it alone, as the JCE does them. */
  @Benchmark
  public byte[] jceDiffieHellman() throws GeneralSecurityException {
    KeyPair initiator = generator.generateKeyPair();
    KeyPair responder = generator.generateKeyPair();
    byte[] secret = agree(initiator, responder);
    agree(responder, initiator);
    return secret;
  }

  private static byte[] agree(KeyPair own, KeyPair peer) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("DH");
    agreement.init(own.getPrivate());
    agreement.doPhase(peer.getPublic(), true);
    return agreement.generateSecret();
  }
}
