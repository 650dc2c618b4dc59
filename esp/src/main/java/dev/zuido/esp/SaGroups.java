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
  private int[] count = new int[0];
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
      count = new int[packets];
    }
    Arrays.fill(groupOf, 0, packets, NONE);
  }

  /** Says which SA a packet belongs to; packets come in order, and each passes. */
  void add(int index, SaEntry entry) {
    int group = entry.group;
    if (group >= groups || entries[group] != entry) {
      group = groups++;
      entry.group = group;
      entries[group] = entry;
      first[group] = index;
      count[group] = 0;
    }
    groupOf[index] = group;
    last[group] = index;
    count[group]++;
  }

  /** Sends the packets through their SAs. */
  void process(PacketBatch batch, Each each) {
    for (int group = 0; group < groups; group++) {
      int from = first[group];
      int to = last[group] + 1;
      boolean together = count[group] == to - from;
      if (!together) {
        hideOthers(batch, group, from, to);
      }
      entries[group].process(batch, from, to);
      for (int i = from; i < to; i++) {
        if (groupOf[i] == group) {
          each.processed(batch, i, entries[group]);
        }
      }
      if (!together) {
        showOthers(batch, group, from, to);
      }
    }
    Arrays.fill(entries, 0, groups, null);
    groups = 0;
  }

  private void hideOthers(PacketBatch batch, int group, int from, int to) {
    for (int i = from; i < to; i++) {
      if (groupOf[i] != group) {
        saved[i] = batch.verdict(i);
        batch.setVerdict(i, Elsewhere.WAITING);
      }
    }
  }

  private void showOthers(PacketBatch batch, int group, int from, int to) {
    for (int i = from; i < to; i++) {
      Verdict verdict = saved[i];
      if (groupOf[i] != group && verdict != null) {
        batch.setVerdict(i, verdict);
      }
    }
  }
}
