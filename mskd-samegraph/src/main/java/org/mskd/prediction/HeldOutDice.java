package org.mskd.prediction;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.NeighbourSlices;
import org.mskd.dataset.SliceStore;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.model.Tensor;
import org.mskd.training.EpochValidation;
import org.mskd.training.Source;

/**
 * Dice of a network on held-out subjects, over the voxels of each subject's prepared slices
 * together: no volume is resampled to its scan's grid, so that a score takes a forward pass per
 * slice and little more. Only organs that a subject's data set annotates are scored.
 */
public final class HeldOutDice implements EpochValidation {
  private final ModelCard card;
  private final List<Source> subjects;
  private final int batch;

  /**
   * @param card of the model that would be written
   * @param subjects labelled; they stay the caller's, and open as long as this is used
   * @param batch slices per forward pass
   */
  public HeldOutDice(ModelCard card, List<Source> subjects, int batch) {
    this.card = card;
    this.subjects = List.copyOf(subjects);
    this.batch = batch;
  }

  /** No scores where the network gives a score that is NaN or infinite: the training ends soon. */
  @Override
  public SortedMap<String, Double> dice(List<Tensor> weights) {
    SortedMap<String, Tensor> byName = new TreeMap<>();
    weights.forEach(tensor -> byName.put(tensor.name(), tensor));
    double[] sums = new double[card.organs().size()];
    int[] counts = new int[sums.length];
    try (SliceScorer scorer = new StudentScorer(new Model(card, byName, ""), batch)) {
      Scratch scratch = new Scratch(scorer, subjects.get(0).stores().get(0).size());
      for (Source source : subjects) {
        for (SliceStore store : source.stores()) {
          Optional<Overlaps> overlaps = count(scorer, scratch, source, store);
          if (overlaps.isEmpty()) {
            return new TreeMap<>();
          }
          add(overlaps.get(), sums, counts);
        }
      }
    }
    SortedMap<String, Double> dice = new TreeMap<>();
    for (int k = 0; k < sums.length; k++) {
      if (counts[k] > 0) {
        dice.put(card.organs().get(k), sums[k] / counts[k]);
      }
    }
    return dice;
  }

  /** Adds the Dice of one subject for each annotated organ that it has. */
  private static void add(Overlaps overlaps, double[] sums, int[] counts) {
    for (int k = 0; k < sums.length; k++) {
      if (overlaps.annotated[k + 1] && overlaps.reference[k + 1] > 0) {
        sums[k] += overlaps.dice(k + 1);
        counts[k]++;
      }
    }
  }

  private static Optional<Overlaps> count(
      SliceScorer scorer, Scratch scratch, Source source, SliceStore store) {
    Overlaps overlaps = new Overlaps(scorer.classes(), source.channels());
    int area = store.size() * store.size();
    for (int first = 0; first < store.slices(); first += scorer.batch()) {
      int count = Math.min(scorer.batch(), store.slices() - first);
      Arrays.fill(scratch.images, -1);
      for (int slot = 0; slot < count; slot++) {
        scratch.reader.read(store, first + slot, scratch.images, slot * area * scratch.channels());
        store.label(first + slot, scratch.labels, slot * area);
      }
      scorer.score(scratch.images, count, scratch.scores);
      if (!FiniteScores.allFinite(scratch.scores, count * area)) {
        return Optional.empty();
      }
      scratch.classify(count * area);
      overlaps.add(scratch, count * area);
    }
    return Optional.of(overlaps);
  }

  /** Arrays of one batch, reused for all. */
  private static final class Scratch {
    final NeighbourSlices reader;
    final float[] images;
    final byte[] labels;
    final byte[] predicted;
    final float[][] scores;

    Scratch(SliceScorer scorer, int size) {
      int length = Math.multiplyExact(scorer.batch(), size * size);
      reader = new NeighbourSlices(scorer.neighbours());
      images = new float[Math.multiplyExact(length, reader.channels())];
      labels = new byte[length];
      predicted = new byte[length];
      scores = new float[scorer.classes()][length];
    }

    int channels() {
      return reader.channels();
    }

    /** Takes the class with the highest score at each of the first pixels. */
    void classify(int pixels) {
      PixelLoop.forEach(
          pixels,
          i -> {
            int best = 0;
            for (int c = 1; c < scores.length; c++) {
              best = scores[c][i] > scores[best][i] ? c : best;
            }
            predicted[i] = (byte) best;
          });
    }
  }

  /** Voxels of one subject by the network's class. */
  private static final class Overlaps {
    private final int[] channels;
    private final boolean[] annotated;
    private final long[] both;
    private final long[] reference;
    private final long[] prediction;

    Overlaps(int classes, List<Integer> channels) {
      this.channels = new int[channels.size() + 1]; // background stays background
      this.annotated = new boolean[classes];
      for (int c = 1; c < this.channels.length; c++) {
        this.channels[c] = channels.get(c - 1);
        annotated[this.channels[c]] = true;
      }
      this.both = new long[classes];
      this.reference = new long[classes];
      this.prediction = new long[classes];
    }

    void add(Scratch scratch, int pixels) {
      for (int i = 0; i < pixels; i++) {
        int expected = channels[scratch.labels[i]];
        int found = scratch.predicted[i];
        reference[expected]++;
        prediction[found]++;
        if (expected == found) {
          both[found]++;
        }
      }
    }

    double dice(int c) {
      return 2.0 * both[c] / (reference[c] + prediction[c]);
    }
  }
}
