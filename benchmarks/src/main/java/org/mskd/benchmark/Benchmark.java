package org.mskd.benchmark;

import java.io.IOException;

/** One work, done by one side after the other. */
interface Benchmark {
  /** Its name in {@code -Dbenchmark.works}. */
  String name();

  /** Measures it and adds the results. */
  void run(Sides sides, Report report) throws IOException, InterruptedException;
}
