package dev.zuido.ike;

/**
 * Gives out the SPIs of inbound SAs, of ESP and of AH.
 *
 * <p>The space belongs to whoever receives them: keying by hand and other engines draw from it too,
 * so the IKE engine asks. An SPI is 256 to 2^32 - 1 (RFC 4303 section 2.1) and unpredictable; it
 * comes from the driver's secret randomness, so that one seed gives one run.
 */
public interface SpiAllocator {
  /**
   * An SPI that no inbound SA uses and that is given to nobody else until it is released.
   *
   * @return the SPI as 32 bits, or 0 if there is none left
   */
  int allocate();

  /** Takes an SPI back that {@link #allocate} gave: its SA was removed or never made. */
  void release(int spi);
}
