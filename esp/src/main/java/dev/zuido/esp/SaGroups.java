package dev.zuido.esp;

import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a batch by the SA that each belongs to, so that an SA gets all of its packets at
 * once and in their order, also where those of several SAs alternate.
 */
final class SaGroups {
  private static final int NONE = -1;

  /** The verdict of packets that stand between those of an SA, while it works. */
  private enum Elsewhere implements Verdict {
    /** Another SA's, or decided already. */
    WAITING;

    @Override
    public boolean passes() {
      return false;
    }
  }

  /** Is told about each packet of an SA once it is processed. */
  interface Each {
    void processed(PacketBatch batch, int index, SaEntry entry);
  }

  private int[] groupOf = new int[0];
  private @Nullable Verdict[] saved = new @Nullable Verdict[0];
  private SaEntry[] entries = new SaEntry[0];
  private int[] first = new int[0];
  private int[] last = new int[0];
  private int groups;

  /** Forgets the batch before, and makes room for this one. */
  void begin(int packets) {
    groups = 0;
    if (groupOf.length < packets) {
      groupOf = new int[packets];
      saved = new @Nullable Verdict[packets];
      entries = new SaEntry[packets];
      first = new int[packets];
      last = new int[packets];
    }
    Arrays.fill(groupOf, 0, packets, NONE);
  }

  /**
   * Says which SA a packet belongs to; packets come in order. It passes no longer, until its SA has
   * dealt with it.
   */
  void add(PacketBatch batch, int index, SaEntry entry) {
    batch.setVerdict(index, EspVerdict.CIPHER_FAILED);
    int group = entry.group;
    if (group >= groups || entries[group] != entry) {
      group = groups++;
      entry.group = group;
      entries[group] = entry;
      first[group] = index;
    }
    groupOf[index] = group;
    last[group] = index;
  }

  /** Sends the packets through their SAs. If one fails, the packets of the others do not pass. */
  void process(PacketBatch batch, Each each) {
    int next = 0;
    try {
      while (next < groups) {
        process(batch, next++, each);
      }
    } finally {
      while (next < groups) {
        report(batch, next++, each);
      }
      Arrays.fill(entries, 0, groups, null);
      groups = 0;
    }
  }

  private void process(PacketBatch batch, int group, Each each) {
    int from = first[group];
    int to = last[group] + 1;
    show(batch, group, from, to);
    try {
      entries[group].process(batch, from, to);
    } finally {
      hide(batch, group, from, to);
      report(batch, group, each);
    }
  }

  private void report(PacketBatch batch, int group, Each each) {
    for (int i = first[group]; i <= last[group]; i++) {
      if (groupOf[i] == group) {
        each.processed(batch, i, entries[group]);
      }
    }
  }

  /** Lets an SA's packets pass, and no others. */
  private void show(PacketBatch batch, int group, int from, int to) {
    for (int i = from; i < to; i++) {
      if (groupOf[i] == group) {
        batch.setVerdict(i, Verdict.PASS);
      } else {
        saved[i] = batch.verdict(i);
        batch.setVerdict(i, Elsewhere.WAITING);
      }
    }
  }

  /** Gives the others their verdicts back; what the SA has not dealt with does not pass. */
  private void hide(PacketBatch batch, int group, int from, int to) {
    for (int i = from; i < to; i++) {
      if (groupOf[i] != group) {
        Verdict verdict = saved[i];
        batch.setVerdict(i, verdict == null ? EspVerdict.CIPHER_FAILED : verdict);
      } else if (batch.verdict(i) == Verdict.PASS) {
        batch.setVerdict(i, EspVerdict.CIPHER_FAILED);
      }
    }
  }
}
