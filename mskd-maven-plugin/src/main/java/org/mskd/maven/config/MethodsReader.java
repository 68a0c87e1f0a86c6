package org.mskd.maven.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mskd.experiment.Ablation;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Method;
import org.mskd.experiment.Regions;
import org.mskd.problem.BadInputException;

/**
 * Reads which students are trained. Each starts from {@code <distillation>}, changed as the {@link
 * Ablation} of its name says where there is one; its own elements are laid over that. {@code
 * -Dmskd.methods} says which of them, or of the ablations, in which order.
 */
final class MethodsReader {
  private MethodsReader() {}

  static List<Method> read(Section root) {
    Distillation common = distillation(root.section("distillation"), Distillation.DEFAULT);
    Section list = root.section("methods");
    List<Method> declared =
        list.declared()
            ? list.items().stream().map(item -> item.placed(() -> method(item, common))).toList()
            : List.of(Method.whole(common));
    Method.checkNames(declared);
    return root.value("methods").map(names -> selected(names, declared, common)).orElse(declared);
  }

  private static Method method(Section section, Distillation common) {
    String name = section.required("name").text();
    return new Method(name, distillation(section, of(name, common)));
  }

  private static Distillation of(String name, Distillation common) {
    return Ablation.named(name).map(ablation -> ablation.of(common)).orElse(common);
  }

  private static List<Method> selected(Value names, List<Method> declared, Distillation common) {
    Map<String, Method> known = new LinkedHashMap<>();
    declared.forEach(method -> known.put(method.name(), method));
    for (Ablation ablation : Ablation.values()) {
      String name = ablation.methodName();
      known.putIfAbsent(name, new Method(name, ablation.of(common)));
    }
    List<Method> selected = new ArrayList<>();
    for (String name : names.asWords("one or several of " + String.join(", ", known.keySet()))) {
      if (!known.containsKey(name)) {
        throw unknown(names, name, known.keySet());
      }
      if (selected.contains(known.get(name))) {
        throw new BadInputException(names.source() + " names " + name + " twice.", "Name it once.");
      }
      selected.add(known.get(name));
    }
    return selected;
  }

  private static BadInputException unknown(Value names, String name, Collection<String> known) {
    String hint =
        NearestName.of(name, known).map(nearest -> "Did you mean " + nearest + "? ").orElse("");
    return new BadInputException(
        names.source() + " names " + name + ", which is no method.",
        hint
            + "Known are "
            + String.join(", ", known)
            + "; add others to <methods> as a <method> with a <name>.");
  }

  private static Distillation distillation(Section section, Distillation d) {
    return new Distillation(
        section.number("backgroundWeight", d.backgroundWeight()),
        section.number("featureWeight", d.featureWeight()),
        section.number("labelWeight", d.labelWeight()),
        section.number("temperature", d.temperature()),
        features(section, d.features()),
        regions(section, d.regions()),
        section.oneOf("lossNormalization", d.normalization()));
  }

  private static FeatureTerms features(Section section, FeatureTerms d) {
    return new FeatureTerms(
        section.value("featureLevel").map(Value::asInts).orElse(d.levels()),
        section.oneOf("features", d.source()),
        section.flag("sortFeatures", d.sorted()));
  }

  private static Regions regions(Section section, Regions d) {
    return new Regions(
        section.flag("regionMasks", d.masks()),
        section.oneOf("overlap", d.overlap()),
        section.oneOf("maskDownsampling", d.downsampling()));
  }
}
