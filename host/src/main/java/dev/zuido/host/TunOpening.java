package dev.zuido.host;

import dev.zuido.tun.LinuxTunDevice;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.TunOptions;
import java.util.List;
import java.util.function.Consumer;

/** Opens TUN devices as a host's tuning asks for it, or plainer where the kernel cannot. */
final class TunOpening {
  private final HostTuning tuning;
  private final Consumer<String> warnings;

  /** Opens nothing yet; {@code warnings} is told which device has no offloads. */
  TunOpening(HostTuning tuning, Consumer<String> warnings) {
    this.tuning = tuning;
    this.warnings = warnings;
  }

  /**
   * Opens the queues of a device, with the offloads that are asked for, or without any where the
   * kernel has them not.
   *
   * @throws OperatingSystemException if the kernel refuses the device
   */
  List<LinuxTunDevice> open(String deviceName, int mtu) {
    TunOptions options = options();
    if (options.offload() == TunOptions.Offload.NONE) {
      return open(deviceName, mtu, options);
    }
    try {
      return open(deviceName, mtu, options);
    } catch (OperatingSystemException e) {
      switch (e.error()) {
        case EINVAL, ENOTTY, EOPNOTSUPP -> {}
        default -> throw e;
      }
      List<LinuxTunDevice> plain =
          open(deviceName, mtu, options.withOffload(TunOptions.Offload.NONE));
      warnings.accept(deviceName + " has no offloads: " + e.getMessage());
      return plain;
    }
  }

  private List<LinuxTunDevice> open(String deviceName, int mtu, TunOptions options) {
    return tuning.queues() == 1
        ? List.of(LinuxTunDevice.open(deviceName, mtu, options))
        : LinuxTunDevice.openQueues(deviceName, mtu, tuning.queues(), options);
  }

  private TunOptions options() {
    return TunOptions.PLAIN
        .withOffload(
            tuning.has(HostTuning.Offload.TUN_SEGMENTATION)
                ? TunOptions.Offload.SEGMENTED
                : TunOptions.Offload.NONE)
        .withCoalescing(tuning.has(HostTuning.Offload.TUN_COALESCING));
  }

  /** What a device's queues use, in words. */
  static String inWords(List<LinuxTunDevice> queues) {
    TunOptions options = queues.get(0).options();
    String used =
        options.offload() == TunOptions.Offload.NONE
            ? "none"
            : HostTuning.Offload.TUN_SEGMENTATION.text()
                + (options.coalescing() ? ", " + HostTuning.Offload.TUN_COALESCING.text() : "");
    return used + (queues.size() == 1 ? "" : "; " + queues.size() + " queues");
  }
}
