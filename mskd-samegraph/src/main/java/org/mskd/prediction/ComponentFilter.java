package org.mskd.prediction;

import java.util.Collection;
import java.util.List;
import org.mskd.experiment.KeptComponents;
import org.mskd.volume.ClassMap;

/** Keeps the largest connected components of each organ in a prediction. */
public final class ComponentFilter {
  /** By class; 0 where all components are kept. */
  private final int[] kept;

  /**
   * @param components how many are kept; of organs that are not among them all
   * @param organs the organs of classes 1..K
   */
  public ComponentFilter(Collection<KeptComponents> components, List<String> organs) {
    this.kept = new int[organs.size() + 1];
    components.forEach(organ -> kept[organs.indexOf(organ.organ()) + 1] = organ.count());
  }

  /**
   * Makes the other components background.
   *
   * @param map changed in place
   */
  public void apply(ClassMap map) {
    for (int c = 1; c < kept.length; c++) {
      if (kept[c] > 0) {
        Components.keepLargest(map, c, kept[c]);
      }
    }
  }
}
