package org.mskd.pipeline.stages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.PreparedSubject;
import org.mskd.experiment.ExperimentJson;
import org.mskd.method.ConfiguredMethod;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.training.SliceSources;

/** The model card of a network that was trained here. */
record TrainedCard(
    StageContext context, ModelKind kind, ConfiguredMethod method, TrainingData data) {
  /**
   * @param inputs all inputs of the training
   * @param slices the training slices
   * @param initial what the training begins with: the network was trained on its subjects, too
   */
  ModelCard of(SortedMap<String, String> inputs, SliceSources slices, InitialWeights initial) {
    SortedMap<String, String> provenance = new TreeMap<>(inputs);
    if (kind == ModelKind.STUDENT) {
      provenance.put("student", method.name());
    }
    return new ModelCard(
        kind,
        method.method().architecture(context.experiment().network(), data.organs().size()),
        data.organs(),
        context.experiment().preprocessing(),
        context.experiment().inputSize(),
        context.experiment().seed(),
        provenance,
        all(subjects(slices), initial.subjects()));
  }

  private static List<Map<String, Object>> all(
      List<Map<String, Object>> subjects, List<Map<String, Object>> before) {
    List<Map<String, Object>> all = new ArrayList<>(subjects);
    Set<Object> known = new HashSet<>();
    subjects.forEach(subject -> known.add(subject.get("voxelDigest")));
    // A card of an early version may name subjects without a digest: each of them is one.
    before.stream()
        .filter(
            subject -> subject.get("voxelDigest") == null || known.add(subject.get("voxelDigest")))
        .forEach(all::add);
    return all;
  }

  /**
   * The preprocessing of each subject, without its name: names may be confidential where the model
   * is shared.
   */
  private static List<Map<String, Object>> subjects(SliceSources slices) {
    return slices.sources().stream()
        .flatMap(source -> source.stores().stream())
        .map(store -> record(store.subject()))
        .toList();
  }

  private static Map<String, Object> record(PreparedSubject subject) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("voxelDigest", subject.voxelDigest());
    record.put("orientation", subject.orientation());
    record.put("sourceDimensions", subject.sourceDimensions());
    record.put("sourceSpacing", subject.sourceSpacing());
    record.put("geometry", ExperimentJson.plain(subject.geometry()));
    return record;
  }
}
