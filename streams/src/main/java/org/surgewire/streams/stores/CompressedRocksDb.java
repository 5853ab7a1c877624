package org.surgewire.streams.stores;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;

/**
 * Stores on disk, compressed: sentences, titles and addresses shrink to less than half. LZ4 for what still changes,
 * Zstandard for the lowest level, where most of it lies; blocks of 16 KB instead of 4, so that there is something to
 * compress.
 */
public final class CompressedRocksDb implements RocksDBConfigSetter {
    private static final long BLOCK_BYTES = 16 * 1024;

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
        options.setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            options.setTableFormatConfig(table.setBlockSize(BLOCK_BYTES));
        }
    }

    @Override
    public void close(String store, Options options) {}
}
