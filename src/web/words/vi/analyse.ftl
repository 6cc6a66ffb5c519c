desk-results = Kết quả
analyse-lead = Những đợt đã nhận phiếu. Số liệu ở đây chưa che nhóm nhỏ, chỉ để đơn vị chủ trì phân tích; số liệu đưa ra ngoài là số liệu đã công bố.
analyse-none-title = Chưa có kết quả
analyse-none = Kết quả hiện ở đây khi một đợt đã mở và có phiếu gửi về.
analyse-sealed = Đợt này chỉ xem được kết quả sau khi chốt số liệu.
analyse-pages = Các trang kết quả của đợt
analyse-overview = Tổng quan
