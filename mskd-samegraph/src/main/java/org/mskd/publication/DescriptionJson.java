package org.mskd.publication;

import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.file.IndentedJson;

/**
 * A description as JSON: {@code file}, {@code bytes} and {@code sha256}, and of each of the {@code
 * models} its {@code card}, the content of {@code model.json}, and the {@code weights}, as SHA-256.
 */
public final class DescriptionJson {
  private DescriptionJson() {}

  /** The text, keys sorted. */
  public static String text(ModelDescription description) {
    SortedMap<String, Object> root = new TreeMap<>();
    root.put("bytes", description.bytes());
    root.put("file", description.file());
    root.put("models", description.models().stream().map(DescriptionJson::model).toList());
    root.put("sha256", description.sha256());
    return IndentedJson.text(root);
  }

  private static SortedMap<String, Object> model(DescribedModel model) {
    SortedMap<String, Object> node = new TreeMap<>();
    node.put("card", new TreeMap<>(model.card().tree()));
    node.put("weights", model.weights());
    return node;
  }
}
