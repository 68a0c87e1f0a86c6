package org.mskd.experiment;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mskd.problem.BadInputException;

/**
 * How many connected components of an organ's prediction are kept: the largest ones.
 *
 * @param organ the organ
 * @param count at least 1
 */
public record KeptComponents(String organ, int count) {
  public KeptComponents {
    Checks.present("organ", organ);
    Checks.within("components", count, 1, 1000);
  }

  /**
   * Checks that each organ is one that is predicted, and named once.
   *
   * @throws BadInputException naming the organ
   */
  public static void check(Collection<KeptComponents> components, List<String> organs) {
    Set<String> seen = new HashSet<>();
    for (KeptComponents kept : components) {
      if (!organs.contains(kept.organ())) {
        throw new BadInputException(
            "<components> names " + kept.organ() + ", which is not predicted.",
            "Use some of " + String.join(", ", organs) + ".");
      }
      if (!seen.add(kept.organ())) {
        throw new BadInputException(
            "<components> names " + kept.organ() + " twice.", "Keep one of them.");
      }
    }
  }
}
