package dev.zuido.ike.transcript;

import dev.zuido.ike.IkeCommand;
import dev.zuido.wire.IpAddress;
import java.util.List;

/** Commands as a transcript's words. */
final class CommandText {
  private CommandText() {}

  static String encode(IkeCommand command) {
    if (command instanceof IkeCommand.Initiate initiate) {
      return "initiate " + Words.quoted(initiate.peer()) + " " + Words.quoted(initiate.child());
    }
    if (command instanceof IkeCommand.SaInstalled installed) {
      return "sa-installed " + installed.saId();
    }
    if (command instanceof IkeCommand.SaRefused refused) {
      return "sa-refused " + refused.saId() + " " + Words.quoted(refused.reason());
    }
    if (command instanceof IkeCommand.SaUsed used) {
      return "sa-used " + used.saId();
    }
    if (command instanceof IkeCommand.PeerSeenAt seen) {
      return "peer-seen-at " + seen.saId() + " " + seen.remote();
    }
    if (command instanceof IkeCommand.LifetimeExceeded exceeded) {
      return "lifetime-exceeded " + exceeded.saId() + (exceeded.hard() ? " hard" : " soft");
    }
    if (command instanceof IkeCommand.InvalidSpi invalid) {
      return "invalid-spi "
          + invalid.local()
          + " "
          + invalid.remote()
          + " "
          + invalid.remotePort()
          + " "
          + Words.spi(invalid.spi());
    }
    if (command instanceof IkeCommand.Terminate terminate) {
      String child = terminate.child();
      return "terminate "
          + Words.quoted(terminate.peer())
          + (child == null ? "" : " " + Words.quoted(child));
    }
    if (command instanceof IkeCommand.Shutdown) {
      return "shutdown";
    }
    // Recording changes nothing about the engine: what has no words here is named, and replaying
    // ends there.
    return "unknown " + Words.quoted(command.toString());
  }

  /**
   * The command of a name and its arguments.
   *
   * @throws IllegalArgumentException with what is wrong, if they are none
   */
  static IkeCommand decode(List<String> words) {
    String name = words.get(0);
    List<String> arguments = words.subList(1, words.size());
    return switch (name) {
      case "initiate" -> {
        expect(arguments, 2, 2);
        yield new IkeCommand.Initiate(arguments.get(0), arguments.get(1));
      }
      case "sa-installed" -> {
        expect(arguments, 1, 1);
        yield new IkeCommand.SaInstalled(id(arguments));
      }
      case "sa-refused" -> {
        expect(arguments, 2, 2);
        yield new IkeCommand.SaRefused(id(arguments), arguments.get(1));
      }
      case "sa-used" -> {
        expect(arguments, 1, 1);
        yield new IkeCommand.SaUsed(id(arguments));
      }
      case "peer-seen-at" -> {
        expect(arguments, 2, 2);
        yield new IkeCommand.PeerSeenAt(id(arguments), Words.endpoint(arguments.get(1)));
      }
      case "lifetime-exceeded" -> {
        expect(arguments, 2, 2);
        yield new IkeCommand.LifetimeExceeded(id(arguments), isHard(arguments.get(1)));
      }
      case "invalid-spi" -> {
        expect(arguments, 4, 4);
        yield new IkeCommand.InvalidSpi(
            IpAddress.parse(arguments.get(0)),
            IpAddress.parse(arguments.get(1)),
            Integer.parseInt(arguments.get(2)),
            Long.decode(arguments.get(3)).intValue());
      }
      case "terminate" -> {
        expect(arguments, 1, 2);
        yield new IkeCommand.Terminate(
            arguments.get(0), arguments.size() == 1 ? null : arguments.get(1));
      }
      case "shutdown" -> {
        expect(arguments, 0, 0);
        yield new IkeCommand.Shutdown();
      }
      default -> throw new IllegalArgumentException("the command '" + name + "' is not known here");
    };
  }

  private static void expect(List<String> arguments, int least, int most) {
    if (arguments.size() < least || arguments.size() > most) {
      throw new IllegalArgumentException(
          "the command has " + arguments.size() + " arguments, not " + most);
    }
  }

  private static long id(List<String> arguments) {
    return Long.parseLong(arguments.get(0));
  }

  private static boolean isHard(String word) {
    return switch (word) {
      case "hard" -> true;
      case "soft" -> false;
      default -> throw new IllegalArgumentException("a lifetime is hard or soft, not " + word);
    };
  }
}
