package org.surgewire.streams.stores;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;

/**
 * Stores on disk, compressed: sentences, titles and addresses shrink to a third. LZ4 for what still changes; for the lowest
 * level, where most of it lies, Zstandard with a dictionary of what comes again in the whole file. Blocks of 32 KB instead
 * of 4, so that there is something to compress.
 */
public final class CompressedRocksDb implements RocksDBConfigSetter {
    private static final long BLOCK_BYTES = 32 * 1024;
    private static final int DICTIONARY_BYTES = 32 * 1024;

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
        options.setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
        // The store takes a copy.
        try (var dictionary = new CompressionOptions()) {
            dictionary.setEnabled(true).setMaxDictBytes(DICTIONARY_BYTES).setZStdMaxTrainBytes(100 * DICTIONARY_BYTES);
            options.setBottommostCompressionOptions(dictionary);
        }
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            options.setTableFormatConfig(table.setBlockSize(BLOCK_BYTES));
        }
    }

    @Override
    public void close(String store, Options options) {}
}
