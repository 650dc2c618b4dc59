package dev.zuido.benchmarks;

import dev.zuido.ike.crypto.DhGroup;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
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
 * A handshake of engines in one thread: main mode (six messages) and quick mode without PFS
 * (three), from an engine without state to SAs installed. Each begins with a new engine, whose cost
 * is in the figure.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class IkeBenchmark {
  /** The length of Zuido's private values in the MODP groups of this benchmark. */
  private static final int EXPONENT_BITS = 256;

  private static final int RECORDINGS = 64;

  /** The group of main mode. */
  @Param({"MODP_1024", "MODP_2048", "ECP_256", "CURVE_25519"})
  DhGroup group;

  private final SecureRandom random = new SecureRandom();
  private final IkePair.Recording[] recordings = new IkePair.Recording[RECORDINGS];
  private int next;
  private KeyPairGenerator generator;
  private String agreement;

  /** Records handshakes, and takes a group of the same kind and size from the JCE. */
  @Setup
  public void prepare() throws GeneralSecurityException {
    for (int i = 0; i < RECORDINGS; i++) {
      recordings[i] = IkePair.Recording.of(group, i);
    }
    switch (group) {
      case ECP_256 -> {
        generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        agreement = "ECDH";
      }
      case CURVE_25519 -> {
        generator = KeyPairGenerator.getInstance("X25519");
        agreement = "X25519";
      }
      default -> {
        generator = KeyPairGenerator.getInstance("DH");
        generator.initialize(group.bits(), random);
        DHParameterSpec any = ((DHPublicKey) generator.generateKeyPair().getPublic()).getParams();
        generator.initialize(new DHParameterSpec(any.getP(), any.getG(), EXPONENT_BITS), random);
        agreement = "DH";
      }
    }
  }

  private IkePair.Recording recording() {
    next = (next + 1) % RECORDINGS;
    return recordings[next];
  }

  /** Both sides together. */
  @Benchmark
  public Object handshake() {
    IkePair pair = new IkePair(group, random, random);
    pair.establish();
    return pair;
  }

  /** The initiator alone, which is told what a responder has once answered. */
  @Benchmark
  public Object initiator() throws GeneralSecurityException {
    return recording().playInitiator();
  }

  /** The responder alone, likewise. */
  @Benchmark
  public Object responder() throws GeneralSecurityException {
    return recording().playResponder();
  }

  /** Both sides' Diffie-Hellman alone, as the JCE does it. */
  @Benchmark
  public byte[] jceDiffieHellman() throws GeneralSecurityException {
    KeyPair initiator = generator.generateKeyPair();
    KeyPair responder = generator.generateKeyPair();
    byte[] secret = agree(initiator, responder);
    agree(responder, initiator);
    return secret;
  }

  private byte[] agree(KeyPair own, KeyPair peer) throws GeneralSecurityException {
    KeyAgreement key = KeyAgreement.getInstance(agreement);
    key.init(own.getPrivate());
    key.doPhase(peer.getPublic(), true);
    return key.generateSecret();
  }
}
