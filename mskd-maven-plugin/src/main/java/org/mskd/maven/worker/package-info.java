/**
 * The forked JVM that does all tensor work. {@link org.mskd.maven.worker.BackendSelector} chooses
 * an ND4J backend for this machine, {@link org.mskd.maven.worker.WorkerClasspath} resolves it with
 * Maven's own resolver, {@link org.mskd.maven.worker.WorkerToolchain} selects the JDK, {@link
 * org.mskd.maven.worker.NativesCache} the folder for native libraries, {@link
 * org.mskd.maven.worker.WorkerEnvironment} passes on parts of the environment of Maven's JVM,
 * {@link org.mskd.maven.worker.WorkerCommand} writes the command line, {@link
 * org.mskd.maven.worker.WorkerProcess} runs it while {@link org.mskd.maven.worker.EventFollower}
 * reads its events, and {@link org.mskd.maven.worker.WorkerOutcome} turns its end into the build's.
 */
package org.mskd.maven.worker;
