package org.mskd.benchmark;

import java.io.IOException;

/** One work, done by one side after the other. */
interface Benchmark {
  /** What {@code -Dbenchmark.works} calls it. */
  String name();

  /** Measures it and adds what was found. */
  void run(Sides sides, Report report) throws IOException, InterruptedException;
}
