package org.mskd.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.file.Sha256;
import org.mskd.problem.BadInputException;

/**
 * Archives that somebody made to do harm: each is refused by name and with a reason, nothing is
 * written, nothing is executed, and the memory that is taken does not follow what a file declares.
 */
class HostileArchiveTest {
  private static final String CARD = "model.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String SUMS = "checksums.json";

  /** More than any of these small files needs, and less than they declare. */
  private static final long MOST_ALLOCATED = 64L << 20;

  @TempDir Path root;
  private Path folder;
  private byte[] card;
  private byte[] weights;

  @BeforeEach
  void makeParts() throws IOException {
    folder = Files.createDirectories(root.resolve("a/b/c"));
    card =
        ModelCardJson.write(
            new ModelCard(
                ModelKind.STUDENT,
                new Network(8, 2, Normalization.INSTANCE),
                List.of("liver", "spleen"),
                new Preprocessing(64, -125, 275, List.of(1.5)),
                32,
                2021,
                new TreeMap<>(Map.of("method", "mskd")),
                List.of()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafeTensors.write(out, List.of(new Tensor("w", new long[] {2}, new float[] {1, -2})), Map.of());
    weights = out.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] sums(byte[] card, byte[] weights) {
    return text(
        "{\"model.json\":\"%s\",\"weights.safetensors\":\"%s\"}"
            .formatted(sha256(card), sha256(weights)));
  }

  private static String sha256(byte[] bytes) {
    var digest = Sha256.digest();
    digest.update(bytes);
    return Sha256.hex(digest);
  }

  private CraftedZip archive() {
    return archive(card, weights);
  }

  /** An archive whose checksums are right. */
  private static CraftedZip archive(byte[] card, byte[] weights) {
    return new CraftedZip().add(CARD, card).add(WEIGHTS, weights).add(SUMS, sums(card, weights));
  }

  private void refused(byte[] bytes, String why) throws IOException {
    Path file = Files.write(folder.resolve("hostile.mskd"), bytes);
    List<Path> before = files();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    BadInputException thrown =
        assertThrows(BadInputException.class, () -> ModelEnsemble.read(file), why);
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    assertTrue(thrown.problem().contains("hostile.mskd"), thrown.problem());
    assertTrue(thrown.problem().contains(why), thrown.problem() + " lacks: " + why);
    assertTrue(thrown.problem().length() < 1000, "a problem of " + thrown.problem().length());
    assertFalse(thrown.problem().chars().anyMatch(Character::isISOControl), thrown.problem());
    assertTrue(
        allocated < MOST_ALLOCATED + 40L * bytes.length, why + ": " + allocated + " allocated");
    assertEquals(before, files());
    // Whoever reads the card alone must not be led further.
    assertThrows(BadInputException.class, () -> ModelArchive.read(file), why);
  }

  private void refused(Consumer<CraftedZip> change, String why) throws IOException {
    CraftedZip zip = archive();
    change.accept(zip);
    refused(zip.bytes(), why);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.sorted().toList();
    }
  }

  @Test
  void theUnchangedArchiveIsRead() throws IOException {
    Path file = Files.write(folder.resolve("good.mskd"), archive().bytes());
    Model model = ModelArchive.read(file);
    assertEquals(List.of("liver", "spleen"), model.card().organs());
    assertEquals(sha256(weights), model.digest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "../../../../x",
        "/abs",
        "C:\\x",
        "C:x",
        "..\\x",
        "x/../../y",
        "model.json/../../x",
        "1/../model.json",
        "./model.json",
        "//model.json",
        "MODEL.JSON",
        "model.json\u0000.txt",
        "\u001b[2Jmodel.json",
        "0/model.json",
        "01/model.json",
        "1000/model.json",
        ""
      })
  void entriesThatEscapeAreRefused(String name) throws IOException {
    refused(zip -> zip.add(name, text("x")), "hostile.mskd cannot be used: it");
    refused(
        zip -> {
          zip.entry(CARD).centralName = text(name);
          zip.entry(CARD).name = text(name);
        },
        "hostile.mskd cannot be used: it");
  }

  @Test
  void repeatedAndMissingNamesAreRefused() throws IOException {
    refused(zip -> zip.add(CARD, card), "unexpected entry 'model.json'");
    refused(zip -> zip.entries.add(0, new CraftedZip.Entry(WEIGHTS, weights)), "unexpected entry");
    refused(zip -> zip.entries.remove(1), "no weights.safetensors");
    refused(zip -> zip.entries.clear(), "hostile.mskd cannot be used");
    refused(zip -> zip.add("1/" + CARD, card), "hostile.mskd cannot be used: it holds");
  }

  /** What one reader takes from the local header, and another from the directory. */
  @Test
  void headersThatDifferAreRefused() throws IOException {
    refused(zip -> zip.entry(CARD).name = text("other.json"), "headers of an entry differ");
    CraftedZip zip = archive();
    byte[] bytes = zip.bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(22, 5); // the local size
    refused(bytes, "headers of an entry differ");
  }

  @Test
  void hugeDeclaredSizesAreRefused() throws IOException {
    for (long size : new long[] {1L << 31, 0xFFFFFFFEL, Integer.MAX_VALUE}) {
      refused(
          zip -> {
            zip.entry(WEIGHTS).size = size;
            zip.entry(WEIGHTS).compressed = size;
          },
          "hostile.mskd cannot be used: it");
    }
    refused(zip -> zip.entry(CARD).size = 1 << 30, "hostile.mskd cannot be used: it");
    refused(zip -> zip.entry(CARD).size = 1, "hostile.mskd cannot be used: it");
    // ZIP64: both sizes in an extra field (APPNOTE 4.5.3), 2^62 bytes, then -1.
    for (long size : new long[] {1L << 62, -1L, 1L << 40}) {
      refused(
          zip -> {
            CraftedZip.Entry entry = zip.entry(WEIGHTS);
            entry.size = 0xFFFFFFFFL;
            entry.compressed = 0xFFFFFFFFL;
            entry.centralExtra =
                ByteBuffer.allocate(20)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) 1)
                    .putShort((short) 16)
                    .putLong(size)
                    .putLong(size)
                    .array();
          },
          "hostile.mskd cannot be used: it");
    }
  }

  /** 64 MiB of zeros in 64 KB, with checksums that are right. */
  @Test
  void compressedContentIsRefused() throws IOException {
    byte[] zeros = new byte[64 << 20];
    CraftedZip bomb = archive(card, zeros);
    bomb.entry(WEIGHTS).deflated();
    assertTrue(bomb.bytes().length < 1 << 17, "small");
    refused(bomb.bytes(), "weights.safetensors is compressed");
    CraftedZip claimed = archive(card, zeros);
    claimed.entry(WEIGHTS).deflated().method = 0;
    refused(claimed.bytes(), "hostile.mskd cannot be used: it");
  }

  @Test
  void wrongChecksumsAreRefused() throws IOException {
    byte[] other = weights.clone();
    other[other.length - 1] ^= 1;
    refused(
        new CraftedZip().add(CARD, card).add(WEIGHTS, other).add(SUMS, sums(card, weights)).bytes(),
        "weights.safetensors is damaged");
    refused(zip -> zip.entry(WEIGHTS).crc ^= 1, "weights.safetensors is damaged");
    refused(zip -> zip.entry(SUMS).crc ^= 1, "checksums.json is damaged");
    for (String sums :
        List.of(
            "{\"model.json\":\"x\",\"model.json\":\"y\"}",
            "[" + "[".repeat(1000),
            "\"text\"",
            "7")) {
      refused(
          new CraftedZip().add(CARD, card).add(WEIGHTS, weights).add(SUMS, text(sums)).bytes(),
          "checksums.json");
    }
    refused(
        new CraftedZip()
            .add(CARD, card)
            .add(WEIGHTS, weights)
            .add(SUMS, text(" ".repeat(1 << 20)))
            .bytes(),
        "checksums.json has 1048576 bytes");
  }

  @Test
  void truncatedWeightsAreRefused() throws IOException {
    for (int length : new int[] {0, 4, 8, 20, weights.length - 4, weights.length - 1}) {
      refused(archive(card, Arrays.copyOf(weights, length)).bytes(), "hostile.mskd cannot be used");
    }
    refused(
        archive(card, Arrays.copyOf(weights, weights.length + 4)).bytes(), "tensors cover 8 bytes");
  }

  @Test
  void unknownVersionsAreRefused() throws IOException {
    for (String schema : List.of("2", "0", "-1", "1.0", "99999999999999999999", "null", "[1]")) {
      String other =
          new String(card, StandardCharsets.UTF_8).replace("\"schema\":1", "\"schema\":" + schema);
      refused(archive(text(other), weights).bytes(), "and this version reads 1");
    }
  }

  @Test
  void bytesBesideTheEntriesAreRefused() throws IOException {
    byte[] script = text("#!/bin/sh\necho no\n");
    refused(zip -> zip.before = script, "hostile.mskd cannot be used");
    refused(zip -> zip.after = script, "hostile.mskd cannot be used");
    refused(zip -> zip.between = script, "bytes beside its entries");
    refused(zip -> zip.comment = script, "bytes follow its last entry");
    refused(zip -> zip.entry(CARD).comment = script, "extra field");
    byte[] extra = HexFormat.of().parseHex("fecf0400" + "00000000");
    refused(zip -> zip.entry(CARD).centralExtra = extra, "extra field");
    refused(zip -> zip.entry(CARD).localExtra = extra, "hostile.mskd cannot be used");
    refused(concatenated(archive().bytes(), archive().bytes()), "hostile.mskd cannot be used");
  }

  private static byte[] concatenated(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @Test
  void encryptedEntriesAndLinksAreRefused() throws IOException {
    for (int flag : new int[] {1, 1 << 3, 1 << 6, 1 << 13}) {
      refused(zip -> zip.entry(WEIGHTS).flags = (short) flag, "hostile.mskd cannot be used");
    }
    for (int kind : new int[] {0xA000, 0x4000, 0x6000}) { // a link, a folder, a device
      refused(zip -> zip.entry(WEIGHTS).attributes = kind << 16, "not an ordinary file");
    }
    CraftedZip ordinary = archive();
    ordinary.entries.forEach(entry -> entry.attributes = 0x81A4 << 16); // -rw-r--r--
    Path file = Files.write(folder.resolve("ordinary.mskd"), ordinary.bytes());
    assertEquals(1, ModelEnsemble.read(file).size());
  }

  /** Would create a file if it were read by an ObjectInputStream. */
  private static final class Payload implements Serializable {
    private static final long serialVersionUID = 1L;
    private static boolean executed;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      executed = true;
    }
  }

  @Test
  void serialisedObjectsAreRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(new Payload());
    }
    byte[] object = out.toByteArray();
    assertEquals("aced0005", HexFormat.of().formatHex(object, 0, 4));
    refused(archive(card, object).bytes(), "declares a header of");
    refused(archive(object, weights).bytes(), "model.json");
    refused(
        new CraftedZip().add(CARD, card).add(WEIGHTS, weights).add(SUMS, object).bytes(),
        "checksums.json");
    refused(object, "hostile.mskd cannot be used");
    refused(zip -> zip.add("payload.ser", object), "unexpected entry 'payload.ser'");
    assertFalse(Payload.executed);
  }

  private static byte[] tensors(String header, int dataBytes) {
    byte[] json = text(header.replace('\'', '"'));
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  private void weightsRefused(String header, int dataBytes, String why) throws IOException {
    refused(archive(card, tensors(header, dataBytes)).bytes(), why);
  }

  @Test
  void impossibleTensorsAreRefused() throws IOException {
    String one = "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";
    weightsRefused(
        "{" + one + ",'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}", 12, "begins at");
    weightsRefused(
        "{" + one + ",'b':{'dtype':'F32','shape':[2],'data_offsets':[12,20]}}", 20, "begins at");
    weightsRefused("{" + one + "," + one + "}", 8, "Duplicate field 'a'");
    weightsRefused(
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}", 8, "data_offsets holds -8");
    weightsRefused("{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}", 8, "shape holds -2");
    weightsRefused(
        "{'a':{'dtype':'F32','shape':[2147483648],'data_offsets':[0,8589934592]}}", 8, "has shape");
    weightsRefused(
        "{'a':{'dtype':'F32','shape':[2147483647],'data_offsets':[0,8589934588]}}", 8, "has shape");
    weightsRefused(
        "{'a':{'dtype':'F32','shape':[500000000],'data_offsets':[0,2000000000]}}",
        8,
        "tensors cover 2000000000 bytes");
    weightsRefused(
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}}",
        8,
        "impossible shape");
    weightsRefused(
        "{'a':{'dtype':'F32','shape':[1e3],'data_offsets':[0,8]}}", 8, "shape holds 1000");
    weightsRefused(
        "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}}", 8, "shape");
    weightsRefused("{'a':" + "[".repeat(1_000_000), 0, "header");
    for (long length : new long[] {Long.MAX_VALUE, -1, 99_999_999, 1L << 40}) {
      byte[] huge = weights.clone();
      ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      refused(archive(card, huge).bytes(), "declares a header of");
    }
    String many =
        IntStream.range(0, 200_000)
            .mapToObj(i -> "'" + i + "':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}")
            .collect(Collectors.joining(",", "{", "}"));
    weightsRefused(many, 0, "header: Token count");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void weightsThatAreNoNumbersAreRefused(float value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafeTensors.write(
        out, List.of(new Tensor("w", new long[] {2}, new float[] {1, value})), Map.of());
    refused(archive(card, out.toByteArray()).bytes(), "its w holds " + value);
  }

  private void cardRefused(String from, String to, String why) throws IOException {
    String changed = new String(card, StandardCharsets.UTF_8).replace(from, to);
    assertTrue(changed.contains(to), "changed");
    refused(archive(text(changed), weights).bytes(), why);
  }

  @Test
  void cardsThatBlowUpAreRefused() throws IOException {
    refused(archive(text("[".repeat(1_000_000)), weights).bytes(), "nesting depth");
    refused(archive(text("{\"a\":".repeat(1_000_000)), weights).bytes(), "nesting depth");
    cardRefused("{\"method\":\"mskd\"}", "{\"a\":".repeat(100) + "1" + "}".repeat(100), "depth");
    cardRefused("\"seed\":2021", "\"seed\":2021,\"seed\":1", "Duplicate field 'seed'");
    cardRefused("\"seed\":2021", "\"seed\":" + "9".repeat(2000), "model.json");
    cardRefused("\"seed\":2021", "\"seed\":1e999999999", "model.json");
    String organs =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> "\"o" + i + "\"")
            .collect(Collectors.joining(","));
    cardRefused("\"liver\",\"spleen\"", organs, "model.json");
    String values =
        IntStream.range(0, 3_000_000).mapToObj(i -> "1").collect(Collectors.joining(","));
    cardRefused("\"subjects\":[]", "\"subjects\":[{\"a\":[" + values + "]}]", "Token count");
    cardRefused("\"depth\":2", "\"depth\":30", "depth");
    cardRefused("\"depth\":2", "\"depth\":-2147483648", "depth");
    cardRefused("\"baseChannels\":8", "\"baseChannels\":1073741824", "baseChannels");
    cardRefused("\"sliceSize\":64", "\"sliceSize\":2147483647", "sliceSize");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "../x",
        "/x",
        "a/b",
        "a\\\\b",
        "C:x",
        "a\\u0000",
        "a\\nb",
        "\\u009b2J",
        "\\u202ex",
        "\\u001b[2J",
        "",
        " "
      })
  void organsThatEscapeAreRefused(String organ) throws IOException {
    cardRefused("\"spleen\"", "\"" + organ + "\"", "organs of a STUDENT");
    cardRefused("\"spleen\"", "\"" + "x".repeat(100) + organ + "\"", "organs of a STUDENT");
  }

  /** Types that a JSON library could be asked to make by name. */
  @Test
  void namesOfClassesAreNotFollowed() throws IOException {
    cardRefused(
        "\"seed\":2021", "\"seed\":2021,\"@class\":\"java.lang.ProcessBuilder\"", "\"@class\"");
    cardRefused("{\"method\":\"mskd\"}", "[\"java.net.URL\",\"http://localhost\"]", "provenance");
  }

  @Test
  void ensemblesOfMoreThanAHundredAreRefused() throws IOException {
    CraftedZip many = new CraftedZip();
    for (int i = 1; i <= 101; i++) {
      many.add(i + "/" + CARD, text("x"))
          .add(i + "/" + WEIGHTS, text("x"))
          .add(i + "/" + SUMS, text("x"));
    }
    refused(many.bytes(), "it holds 101 models");
    CraftedZip million = new CraftedZip();
    for (int i = 1; i <= 65_000; i++) {
      million.add(i + "/" + CARD, text("x"));
    }
    refused(million.bytes(), "unexpected entry '1000/model.json'");
  }
}
