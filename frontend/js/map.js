// placeholder until the map island is written
