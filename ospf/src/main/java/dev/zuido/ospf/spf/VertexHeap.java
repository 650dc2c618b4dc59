package dev.zuido.ospf.spf;

import java.util.Arrays;

/**
 * The candidate list of section 16.1: a binary heap of vertices by distance, networks before
 * routers (step 3), then by ID, for one order in all runs. A vertex that has become closer stands
 * in it twice.
 */
final class VertexHeap {
  private long[] keys = new long[256];
  private int[] vertices = new int[256];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }

  /** A key whose order, as an unsigned number, is that of the vertices. */
  private static long key(int distance, boolean network, int id) {
    return (long) distance << 33 | (network ? 0 : 1L << 32) | (id & 0xffff_ffffL);
  }

  void add(int vertex, int distance, boolean network, int id) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      vertices = Arrays.copyOf(vertices, size * 2);
    }
    // Turned in their first bit, unsigned numbers are in their order as signed ones.
    long key = key(distance, network, id) ^ Long.MIN_VALUE;
    int index = size++;
    while (index > 0) {
      int parent = (index - 1) >>> 1;
      if (keys[parent] <= key) {
        break;
      }
      keys[index] = keys[parent];
      vertices[index] = vertices[parent];
      index = parent;
    }
    keys[index] = key;
    vertices[index] = vertex;
  }

  /** Takes the closest vertex out. */
  int poll() {
    int first = vertices[0];
    size--;
    long key = keys[size];
    int vertex = vertices[size];
    int index = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && keys[child + 1] < keys[child]) {
        child++;
      }
      if (key <= keys[child]) {
        break;
      }
      keys[index] = keys[child];
      vertices[index] = vertices[child];
      index = child;
      child = 2 * index + 1;
    }
    keys[index] = key;
    vertices[index] = vertex;
    return first;
  }
}
