/**
 * The worker process: {@link org.mskd.pipeline.worker.Worker} runs a request, {@link
 * org.mskd.pipeline.worker.StageWorker} one stage of it in a process of its own.
 */
package org.mskd.pipeline.worker;
