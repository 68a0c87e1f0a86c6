package org.mskd.pipeline.request;

import java.util.List;
import org.mskd.code.ResultNeutral;

/**
 * How a run is done, as opposed to what it makes: no result depends on any of it.
 *
 * @param checkpointEvery iterations from one checkpoint of a training to the next, at least 1
 * @param rerun stages that are run even if they are up to date, by stage id such as {@code
 *     teacher/liver} or, as people write it, {@code teacher:liver}
 * @param reread whether files are read again whose length and modification time are as they were
 * @param parallel trainings that run side by side, at least 1
 * @param keep finished models of other parameters that are kept, of each teacher and student
 */
@ResultNeutral
public record RunOptions(
    int checkpointEvery, List<String> rerun, boolean reread, int parallel, int keep) {
  /** The defaults. */
  public static final RunOptions DEFAULT = new RunOptions(250, List.of(), false, 1, 1);

  /** The plugin has checked the values before, with the names of the elements. */
  public RunOptions {
    rerun = List.copyOf(rerun);
    if (checkpointEvery < 1 || parallel < 1 || keep < 0) {
      throw new IllegalArgumentException(
          "checkpointEvery %d, parallel %d, keep %d".formatted(checkpointEvery, parallel, keep));
    }
  }
}
