package dev.zuido.tun.socket;

import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The socket filter of an {@link EthernetPort}: a program of classic BPF that lets frames of some
 * types pass, of those that arrive for this host.
 *
 * <pre>
 *       load the kind of the frame (SKF_AD_PKTTYPE)
 *       above "multicast"? drop             to another host, or sent by this one
 *       load the type at 12
 *       equal to the first type? take       and so on
 *   drop: 0 bytes
 *   take: all bytes
 * </pre>
 *
 * <p>A tag of a VLAN has been taken off before, so that the type is that behind it.
 */
final class EthernetFilter {
  static final int LOAD_BYTE = 0x30;
  static final int LOAD_HALF = 0x28;
  static final int JUMP_ABOVE = 0x25;
  static final int JUMP_EQUAL = 0x15;
  static final int RETURN = 0x06;

  /** Where the kind of a frame is found: SKF_AD_OFF + SKF_AD_PKTTYPE. */
  static final int KIND_OFFSET = -0x1000 + 4;

  /** PACKET_MULTICAST; host is 0, broadcast 1, another host 3, outgoing 4. */
  static final int LAST_KIND = 2;

  static final int TYPE_OFFSET = 12;
  static final int ALL_BYTES = 0x40000;

  private static final int SO_ATTACH_FILTER = 26;
  private static final int INSTRUCTION_BYTES = 8;

  /** {@code struct sock_fprog}: length 2 +6, address 8. */
  private static final int PROGRAM_BYTES = 16;

  private EthernetFilter() {}

  /**
   * One instruction, {@code struct sock_filter}.
   *
   * @param code the operation
   * @param ifTrue how many instructions a jump skips if its condition holds
   * @param ifFalse how many if not
   * @param operand the constant
   */
  record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

  /** The program for some types. */
  static List<Instruction> program(Set<Integer> etherTypes) {
    int types = etherTypes.size();
    List<Instruction> program = new ArrayList<>();
    program.add(new Instruction(LOAD_BYTE, 0, 0, KIND_OFFSET));
    program.add(new Instruction(JUMP_ABOVE, types + 1, 0, LAST_KIND));
    program.add(new Instruction(LOAD_HALF, 0, 0, TYPE_OFFSET));
    int left = types;
    for (int type : etherTypes) {
      program.add(new Instruction(JUMP_EQUAL, left, 0, type));
      left--;
    }
    program.add(new Instruction(RETURN, 0, 0, 0));
    program.add(new Instruction(RETURN, 0, 0, ALL_BYTES));
    return program;
  }

  /** Has a socket receive what a program lets pass. */
  static void attach(int descriptor, List<Instruction> program) {
    NativeBuffer instructions = new NativeBuffer(program.size() * INSTRUCTION_BYTES);
    int offset = 0;
    for (Instruction each : program) {
      instructions.putShort(offset, each.code());
      instructions.putByte(offset + 2, each.ifTrue());
      instructions.putByte(offset + 3, each.ifFalse());
      instructions.putInt(offset + 4, each.operand());
      offset += INSTRUCTION_BYTES;
    }
    NativeBuffer value = new NativeBuffer(PROGRAM_BYTES);
    value.putShort(0, program.size());
    value.putLong(8, instructions.address());
    try {
      Linux.option(
          descriptor, "filter frames by their type", Linux.SOL_SOCKET, SO_ATTACH_FILTER, value);
    } finally {
      Reference.reachabilityFence(instructions);
    }
  }
}
